"""Fixtures of the conformance suite that ask the client: by requests of their own in the old era, by results in the new.

Names, questions and words to look for are the suite's.
"""

from typing import Any

from mcp.server.mcpserver import Context
from mcp.shared.exceptions import MCPError
from mcp.types import (
    MISSING_REQUIRED_CLIENT_CAPABILITY,
    ClientCapabilities,
    CreateMessageRequest,
    CreateMessageRequestParams,
    CreateMessageResult,
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitResult,
    InputRequiredResult,
    ListRootsRequest,
    ListRootsResult,
    SamplingMessage,
    TextContent,
)

Asked = str | InputRequiredResult


def _form(message: str, required: bool = True, **properties: dict[str, Any]) -> ElicitRequest:
    schema = {"type": "object", "properties": properties} | ({"required": list(properties)} if required else {})
    return ElicitRequest(params=ElicitRequestFormParams(message=message, requested_schema=schema))


def _sample(question: str, max_tokens: int = 100) -> CreateMessageRequest:
    message = SamplingMessage(role="user", content=TextContent(type="text", text=question))
    return CreateMessageRequest(params=CreateMessageRequestParams(messages=[message], max_tokens=max_tokens))


def _answer(ctx: Context, key: str, field: str, kind: type) -> Any:
    """Return the client's value of a form's field, if it is of that kind."""
    response = (ctx.input_responses or {}).get(key)
    if isinstance(response, ElicitResult) and response.action == "accept" and response.content:
        value = response.content.get(field)
        return value if isinstance(value, kind) else None
    return None


def _text(response: object) -> str:
    content = getattr(response, "content", None)
    return content.text if isinstance(content, TextContent) else ""


_NAME = _form("What is your name?", name={"type": "string"})
_CONFIRM = _form("Please confirm", ok={"type": "boolean"})


def test_input_required_result_elicitation(ctx: Context) -> Asked:
    """Asks for a name and greets it."""
    name = _answer(ctx, "user_name", "name", str)
    return f"Hello, {name}!" if name else InputRequiredResult(input_requests={"user_name": _NAME})


def test_input_required_result_sampling(ctx: Context) -> Asked:
    """Asks the client's model."""
    response = (ctx.input_responses or {}).get("capital_question")
    if isinstance(response, CreateMessageResult):
        return _text(response)
    return InputRequiredResult(input_requests={"capital_question": _sample("What is the capital of France?")})


def test_input_required_result_list_roots(ctx: Context) -> Asked:
    """Asks for the client's roots."""
    response = (ctx.input_responses or {}).get("client_roots")
    if isinstance(response, ListRootsResult):
        return ", ".join(str(root.uri) for root in response.roots)
    return InputRequiredResult(input_requests={"client_roots": ListRootsRequest()})


def test_input_required_result_request_state(ctx: Context) -> Asked:
    """Needs its state back."""
    if ctx.request_state == "waiting" and _answer(ctx, "confirm", "ok", bool) is not None:
        return "state-ok"
    return InputRequiredResult(input_requests={"confirm": _CONFIRM}, request_state="waiting")


def test_input_required_result_tampered_state(ctx: Context) -> Asked:
    """Needs its state back as it was; that a changed one is refused is the server's doing, not the tool's."""
    return test_input_required_result_request_state(ctx)


def test_input_required_result_multiple_inputs(ctx: Context) -> Asked:
    """Asks three things at once."""
    questions = {
        "user_name": _NAME,
        "greeting": _sample("Generate a greeting", 50),
        "client_roots": ListRootsRequest(),
    }
    if ctx.request_state == "waiting" and set(ctx.input_responses or {}) >= set(questions):
        return "answered"
    return InputRequiredResult(input_requests=questions, request_state="waiting")


def test_input_required_result_multi_round(ctx: Context) -> Asked:
    """Asks one thing after the other."""
    if ctx.request_state == "asked color" and (color := _answer(ctx, "step2", "color", str)):
        return f"You like {color}."
    if ctx.request_state == "asked name" and _answer(ctx, "step1", "name", str):
        color = _form("Step 2: What is your favorite color?", color={"type": "string"})
        return InputRequiredResult(input_requests={"step2": color}, request_state="asked color")
    name = _form("Step 1: What is your name?", name={"type": "string"})
    return InputRequiredResult(input_requests={"step1": name}, request_state="asked name")


def test_input_required_result_capabilities(ctx: Context) -> Asked:
    """Asks only what the client can answer."""
    can = ctx.client_capabilities or ClientCapabilities()
    questions: dict[str, Any] = {}
    if can.sampling is not None:
        questions["greeting"] = _sample("Generate a greeting")
    if can.elicitation is not None:
        questions["user_name"] = _NAME
    return InputRequiredResult(input_requests=questions) if questions else "nothing to ask"


def test_streaming_elicitation(ctx: Context) -> Asked:
    """Asks on a stream, which carries no request of the server's."""
    return test_input_required_result_elicitation(ctx)


def test_missing_capability(ctx: Context) -> str:
    """Needs sampling."""
    if ctx.client_capabilities is None or ctx.client_capabilities.sampling is None:
        needed: dict[str, Any] = {"requiredCapabilities": {"sampling": {}}}
        raise MCPError(code=MISSING_REQUIRED_CLIENT_CAPABILITY, message="This needs sampling.", data=needed)
    return "sampling is there"


def test_input_required_result_prompt(ctx: Context) -> Asked:
    """A prompt that asks."""
    context = _answer(ctx, "user_context", "context", str)
    question = _form("What context should the prompt use?", context={"type": "string"})
    return f"Use {context}." if context else InputRequiredResult(input_requests={"user_context": question})


async def test_sampling(prompt: str, ctx: Context) -> str:
    """Asks the client's model by a request."""
    message = SamplingMessage(role="user", content=TextContent(type="text", text=prompt))
    return f"LLM response: {_text(await ctx.session.create_message([message], max_tokens=100))}"


async def _ask_form(ctx: Context, request: ElicitRequest) -> str:
    params = request.params
    assert isinstance(params, ElicitRequestFormParams)
    result = await ctx.session.elicit_form(params.message, params.requested_schema, ctx.request_context.request_id)
    return f"User response: action={result.action}, content={result.content}"


async def test_elicitation(message: str, ctx: Context) -> str:
    """Asks for two texts by a request."""
    text = {"type": "string"}
    return await _ask_form(ctx, _form(message, username=text, email=text))


async def test_elicitation_sep1034_defaults(ctx: Context) -> str:
    """Asks with a default of each kind."""
    statuses = {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"}
    form = _form(
        "Who?",
        required=False,
        name={"type": "string", "default": "John Doe"},
        age={"type": "integer", "default": 30},
        score={"type": "number", "default": 95.5},
        status=statuses,
        verified={"type": "boolean", "default": True},
    )
    return await _ask_form(ctx, form)


async def test_elicitation_sep1330_enums(ctx: Context) -> str:
    """Asks with a choice of each kind."""
    values = ["option1", "option2", "option3"]
    titled = [{"const": f"value{place}", "title": f"Choice {place}"} for place in (1, 2, 3)]
    form = _form(
        "Which?",
        required=False,
        untitledSingle={"type": "string", "enum": values},
        titledSingle={"type": "string", "oneOf": titled},
        legacyEnum={"type": "string", "enum": ["opt1", "opt2", "opt3"], "enumNames": ["One", "Two", "Three"]},
        untitledMulti={"type": "array", "items": {"type": "string", "enum": values}},
        titledMulti={"type": "array", "items": {"anyOf": titled}},
    )
    return await _ask_form(ctx, form)


TOOLS = (
    test_input_required_result_elicitation,
    test_input_required_result_sampling,
    test_input_required_result_list_roots,
    test_input_required_result_request_state,
    test_input_required_result_tampered_state,
    test_input_required_result_multiple_inputs,
    test_input_required_result_multi_round,
    test_input_required_result_capabilities,
    test_streaming_elicitation,
    test_missing_capability,
    test_sampling,
    test_elicitation,
    test_elicitation_sep1034_defaults,
    test_elicitation_sep1330_enums,
)
