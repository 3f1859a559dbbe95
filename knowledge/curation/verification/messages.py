"""The messages on drafts, in both languages; text from outside is shortened, without hidden characters, on one line."""

from collections.abc import Iterable
from typing import NamedTuple

from knowledge.model import Bilingual
from knowledge.text import sanitize

_LONGEST = 60
_MOST = 6


class Violation(NamedTuple):
    """A rule that a field of a draft violates, with a fix; it refuses the draft."""

    about: str
    problem: Bilingual
    fix: Bilingual


class Advisory(NamedTuple):
    """A point to check that refuses nothing."""

    text: Bilingual


Finding = Violation | Advisory


class Problem(NamedTuple):
    """A kind of violation: templates that follow the name of a field."""

    problem: Bilingual
    fix: Bilingual

    def at(self, about: str, **values: object) -> Violation:
        """Return the violation of a field, with values in the templates."""
        return Violation(about, self.problem.format(**values), self.fix.format(**values))


def shorten(text: object, longest: int = _LONGEST) -> str:
    """Return something from outside as a message may repeat it."""
    return sanitize.to_excerpt(str(text), longest)


def quote(names: Iterable[object], most: int = _MOST) -> str:
    """Return some names in quotation marks, separated by commas."""
    kept = [f"‘{shorten(name)}’" for name in names]
    return ", ".join(kept[:most]) + (", …" if len(kept) > most else "")


# Shape

MISSING = Problem(Bilingual(ko="빠졌습니다", en="is missing"), Bilingual(ko="넣으세요", en="Give it"))
UNKNOWN_FIELD = Problem(
    Bilingual(ko="없는 항목입니다", en="is not a known field"),
    Bilingual(ko="빼세요. 있는 항목: {fields}", en="Leave it out. The fields are {fields}"),
)
MISSPELT_FIELD = Problem(UNKNOWN_FIELD.problem, Bilingual(ko="혹시 ‘{name}’?", en="Did you mean ‘{name}’?"))
UNUSABLE = Bilingual(ko="‘{value}’은(는) 쓸 수 없습니다", en="cannot be ‘{value}’")
CHOICES = Bilingual(ko="다음 가운데 하나를 쓰세요: {choices}", en="Write one of {choices}")
OTHER_TYPE = Bilingual(ko="고쳐 쓰세요({type})", en="Correct it ({type})")
TYPES = {
    "string_type": Bilingual(ko="문자열로 쓰세요", en="Write it as text"),
    "tuple_type": Bilingual(ko="목록([...])으로 쓰세요", en="Write it as a list ([...])"),
    "list_type": Bilingual(ko="목록([...])으로 쓰세요", en="Write it as a list ([...])"),
    "dict_type": Bilingual(
        ko="이름과 입장의 객체({{...}})로 쓰세요", en="Write it as an object of names and stances ({{...}})"
    ),
    "model_type": Bilingual(ko="객체({{...}})로 쓰세요", en="Write it as an object ({{...}})"),
    "int_type": Bilingual(ko="정수로 쓰세요", en="Write it as a whole number"),
    "int_parsing": Bilingual(ko="정수로 쓰세요", en="Write it as a whole number"),
    "string_too_long": Bilingual(ko="{max_length}자까지로 줄이세요", en="Cut it to {max_length} characters"),
    "string_too_short": Bilingual(ko="비워 두지 마세요", en="Do not leave it empty"),
    "too_long": Bilingual(ko="{max_length}개까지만 넣으세요", en="Give at most {max_length}"),
    "too_short": Bilingual(ko="{min_length}개 이상 넣으세요", en="Give at least {min_length}"),
    "string_pattern_mismatch": Bilingual(ko="{pattern} 형식으로 쓰세요", en="Write it like {pattern}"),
}
"""How to fix what pydantic refuses, by the type of its error."""

# The call

TOO_MANY = Problem(
    Bilingual(ko="한 번에 {most}개까지만 검사합니다", en="only {most} are checked per call"),
    Bilingual(ko="나머지는 다음 호출에 넣으세요", en="Send the rest in another call"),
)
UNREADABLE_NUMBER = Problem(
    Bilingual(ko="읽을 수 없는 수가 있습니다", en="contains a number that cannot be read"),
    Bilingual(ko="수를 글에 적힌 크기로 쓰세요", en="Write every number as large as it is in the text"),
)
NO_CLAIM = Problem(
    Bilingual(ko="주장으로 만들 수 없습니다: {why}", en="does not make a claim: {why}"),
    Bilingual(ko="고쳐 쓰세요", en="Correct it"),
)
ENTITY_UNUSED = Problem(
    Bilingual(ko="받아들인 주장 가운데 이 대상을 말하는 것이 없습니다", en="no accepted claim names it"),
    Bilingual(ko="이 대상을 말하는 주장과 함께 다시 보내세요", en="Send it again with a claim that names it"),
)

# Another writer was first

SUPERSEDED_MEANWHILE = Problem(
    Bilingual(ko="대체하려는 주장 {id}이(가) 그사이 유효하지 않게 되었습니다", en="{id} no longer stands"),
    Bilingual(ko="이 기사의 주장을 다시 읽고 보내세요", en="Read the article's claims again, and send it again"),
)
NAME_TAKEN_MEANWHILE = Problem(
    Bilingual(ko="그사이 {id}이(가) 같은 이름을 쓰게 되었습니다", en="{id} was given one of its names meanwhile"),
    Bilingual(ko="그 id를 쓰세요", en="Use that id"),
)
ENTITY_NOT_KEPT = Problem(
    Bilingual(ko="새 대상 {id}을(를) 함께 기록하지 못했습니다", en="names {id}, a new entity that was not kept"),
    Bilingual(ko="이미 있는 대상의 id로 다시 보내세요", en="Send it again with the id of the existing entity"),
)

# Quotes

QUOTE_TOO_SHORT = Problem(
    Bilingual(ko="‘{quote}’은(는) 너무 짧습니다", en="‘{quote}’ is too short"),
    Bilingual(ko="{shortest}자 이상을 그대로 옮기세요", en="Copy at least {shortest} characters"),
)
QUOTE_CUTS_WORD = Problem(
    Bilingual(ko="수나 글자 한가운데에서 잘렸습니다", en="begins or ends in the middle of a number or letter"),
    Bilingual(ko="그 수 전체가 들어가게 늘리세요", en="Extend it to the whole number or letter"),
)
QUOTE_AMBIGUOUS = Problem(
    Bilingual(ko="글에 {count}번 나옵니다({places})", en="occurs {count} times in the text ({places})"),
    Bilingual(ko="한 번만 나오게 앞뒤로 늘리세요", en="Extend it until it occurs once"),
)
QUOTE_NOT_FOUND = Problem(
    Bilingual(ko="‘{quote}’은(는) 글에 없습니다", en="‘{quote}’ is not in the text"),
    Bilingual(ko="글에서 글자 그대로 옮기세요", en="Copy it from the text letter for letter"),
)
QUOTE_INEXACT = Problem(
    QUOTE_NOT_FOUND.problem,
    Bilingual(
        ko="글에서 가장 비슷한 대목: ‘{near}’. 그대로 옮기세요", en="The closest words there: ‘{near}’. Copy those"
    ),
)
NEGATION_CUT = Problem(
    Bilingual(ko="부정하는 말이 잘렸습니다: ‘{words}’", en="leaves out a negation: ‘{words}’"),
    Bilingual(ko="부정까지 인용하고 진술에도 쓰세요", en="Quote the negation too, and keep it in the statement"),
)
CONDITION_CUT = Problem(
    Bilingual(ko="조건이 잘렸습니다: ‘{words}’", en="leave out the condition: ‘{words}’"),
    Bilingual(
        ko="조건까지 인용하고 `kind`를 `hypothesis`로 하세요", en="Quote the condition too, and use `kind` `hypothesis`"
    ),
)

# Statements

COPIED = Problem(
    Bilingual(ko="글의 표현을 그대로 옮겼습니다: {words}", en="copies the wording of the text: {words}"),
    Bilingual(
        ko="{length}자 이상 겹치지 않게 자기 말로 쓰세요",
        en="Use your own words, with no {length} characters in a row from the text",
    ),
)
NOT_KOREAN = Problem(
    Bilingual(ko="한국어가 아닙니다", en="is not Korean"), Bilingual(ko="한국어로 쓰세요", en="Write it in Korean")
)
NOT_ENGLISH = Problem(
    Bilingual(ko="영어가 아닙니다", en="is not English"), Bilingual(ko="영어로 쓰세요", en="Write it in English")
)
BAD_LENGTH = Problem(
    Bilingual(ko="너무 짧거나 깁니다", en="is too short or too long"),
    Bilingual(ko="{shortest}~{longest}자로 쓰세요", en="Write {shortest} to {longest} characters"),
)
NOT_ONE_LINE = Problem(
    Bilingual(
        ko="보이지 않는 글자나 줄바꿈, 앞뒤 빈칸이 있습니다",
        en="contains hidden characters, line breaks or surrounding blanks",
    ),
    Bilingual(ko="보이는 글자로 한 줄에 쓰세요", en="Write visible characters on one line"),
)
HAS_ADDRESS = Problem(
    Bilingual(ko="주소가 들어 있습니다", en="contains an address"),
    Bilingual(ko="주소를 빼세요", en="Leave addresses out"),
)
HAS_MARKUP = Problem(
    Bilingual(ko="마크업이 들어 있습니다", en="contains markup"), Bilingual(ko="글자로만 쓰세요", en="Write plain text")
)
DIRECTION_REVERSED = Problem(
    Bilingual(
        ko="방향이 반대입니다. 글은 {theirs}, 진술은 {ours}",
        en="reverses the direction: the text has {theirs}, the statement {ours}",
    ),
    Bilingual(ko="두 진술을 글의 방향대로 쓰세요", en="Keep the direction of the text in both languages"),
)
NEGATION_DROPPED = Problem(
    Bilingual(ko="부정이 빠졌습니다: ‘{verb}’", en="drops the negation of ‘{verb}’"),
    Bilingual(ko="글이 부정하는 대로만 부정하세요", en="Negate what the text negates, and nothing else"),
)
NEGATION_ADDED = Problem(
    Bilingual(ko="글에 없는 부정을 더했습니다: ‘{verb}’", en="adds a negation to ‘{verb}’"), NEGATION_DROPPED.fix
)
NEGATION_MISSING = Problem(
    Bilingual(
        ko="인용한 말은 부정하는데 두 진술에는 부정이 없습니다",
        en="neither statement negates, but the quoted words do",
    ),
    Bilingual(
        ko="글이 부정하는 것을 두 진술에도 밝히거나, 부정하지 않는 대목만 인용하세요",
        en="Say in both what the text negates, or quote only words that do not",
    ),
)
NEGATION_DOUBTFUL = Bilingual(
    ko="인용한 말에는 부정이 있는데 진술에는 없습니다. 뜻이 같은지 확인하세요.",
    en="The quoted words negate and the statement does not: check that it means the same.",
)
DENIAL_DROPPED = Problem(
    Bilingual(
        ko="인용한 말의 {words}이(가) 두 진술에 없어, 부인하거나 의심하는 내용이 사실로 바뀝니다",
        en="states as fact what the quoted words deny or doubt ({words}), and so does `statement_en`",
    ),
    Bilingual(
        ko="부인, 의혹, 실패를 두 진술에도 밝히세요",
        en="Say in both what the text denies, doubts or reports as failed",
    ),
)
ROLES_SWAPPED = Problem(
    Bilingual(
        ko="행위자와 상대가 뒤바뀌었습니다. 글에서는 {first}이(가) {second}을(를) 그랬습니다",
        en="swaps who does it to whom: in the text {first} does it to {second}",
    ),
    Bilingual(ko="두 진술을 글대로 고치세요", en="Correct both statements by the text"),
)
REPEATED = Problem(
    Bilingual(ko="이미 있는 주장입니다: {id}", en="is already recorded: {id}"),
    Bilingual(
        ko="빼세요. 고쳐 쓴 것이면 `supersedes`에 그 id를 넣으세요",
        en="Leave it out; if it corrects that claim, give its id in `supersedes`",
    ),
)

# Kinds

KIND_UNFIT = Problem(
    Bilingual(ko="인용한 말은 {reason}. `{kind}`일 수 없습니다", en="the quoted words {reason}, so this is no {kind}"),
    Bilingual(ko="`kind`를 {kinds}(으)로 하고 진술에도 드러내세요", en="Use `kind` {kinds}, and word the statement so"),
)
LOOKS_AHEAD = Bilingual(ko="앞을 내다봅니다", en="look ahead")
NO_FORECAST = Bilingual(ko="앞을 내다보지 않습니다", en="do not look ahead")
SUPPOSES = Bilingual(ko="가정입니다", en="suppose something")
NO_SUPPOSITION = Bilingual(ko="가정하거나 조건을 달지 않습니다", en="suppose nothing")
PLANS = Bilingual(ko="계획이나 목표를 말합니다", en="state a plan or target")
INTENDS = Bilingual(ko="하겠다는 다짐입니다", en="say what somebody is going to do")
JUDGES = Bilingual(ko="판단하거나 요구합니다", en="judge or demand")
ONLY_POSSIBLE = Problem(
    Bilingual(ko="인용한 말은 그럴 수 있다고만 합니다", en="the quoted words say only that it may be"),
    Bilingual(
        ko="‘수 있다’를 살리거나, 조건이 있으면 `kind`를 `hypothesis`로 하세요",
        en="Keep `may` or `can` in both statements; with a condition, use `kind` `hypothesis`",
    ),
)

# Numbers

NUMBER_NOT_QUOTED = Problem(
    Bilingual(ko="{number}은(는) 인용한 말에 없는 수입니다", en="{number} is not in the quoted words"),
    Bilingual(
        ko="그 수가 든 말을 인용하거나, 글의 수로 고치거나, 빼세요",
        en="Quote the words that have it, correct it, or leave it out",
    ),
)
NUMBER_MISSING = Problem(
    Bilingual(
        ko="다른 언어의 진술에 있는 {numbers}이(가) 없거나 다릅니다",
        en="lacks {numbers}, which is in the other language, or has it differently",
    ),
    Bilingual(
        ko="두 진술에 같은 수, 단위, 범위를 쓰세요", en="Give both statements the same numbers, units and bounds"
    ),
)
RANGE_CUT = Problem(
    Bilingual(ko="{number}은(는) 글에서 범위의 한쪽 끝입니다", en="{number} is one end of a range in the text"),
    Bilingual(ko="범위를 그대로 쓰세요(`bound`: `between`)", en="Give the range (`bound`: `between`)"),
)
UNIT_DIFFERS = Problem(
    Bilingual(
        ko="{number}의 단위가 글과 다릅니다(글: {theirs}, 진술: {ours})",
        en="{number} has another unit than in the text ({theirs}, not {ours})",
    ),
    Bilingual(ko="글의 단위로 쓰세요", en="Use the text's unit"),
)
BOUND_DIFFERS = Problem(
    Bilingual(
        ko="{number}의 범위가 글과 다릅니다(글: {theirs})", en="{number} has another bound in the text ({theirs})"
    ),
    Bilingual(ko="글의 범위를 살리세요(`bound`: `{bound}`)", en="Keep the text's bound (`bound`: `{bound}`)"),
)
BOUNDS = {
    "exact": Bilingual(ko="정확히", en="exactly"),
    "about": Bilingual(ko="약", en="about"),
    "at_least": Bilingual(ko="이상", en="at least"),
    "at_most": Bilingual(ko="이하", en="at most"),
    "less_than": Bilingual(ko="미만", en="less than"),
    "more_than": Bilingual(ko="초과", en="more than"),
    "between": Bilingual(ko="범위", en="between"),
    "several": Bilingual(ko="어림수", en="several"),
}
"""Names of bounds; `several` is a number such as 수십."""
NO_UNIT = Bilingual(ko="단위 없음", en="no unit")
ORDINAL = Bilingual(ko="순서", en="a place in an order")

# Figures

NOT_A_NUMBER = Problem(
    Bilingual(ko="{value}은(는) 수가 아닙니다", en="{value} is not a number"),
    Bilingual(ko="숫자로 쓰세요: 4600000", en="Write digits: 4600000"),
)
BAD_RANGE = Problem(
    Bilingual(ko="범위가 맞지 않습니다", en="{why}"),
    Bilingual(
        ko="`upper`는 `bound`가 `between`일 때만, `value`보다 크게 쓰세요",
        en="Give `upper` only with `between`, greater than `value`",
    ),
)
UNKNOWN_UNIT = Problem(
    Bilingual(ko="{unit}(이)라는 단위는 없습니다", en="there is no unit {unit}"),
    Bilingual(
        ko="다음 가운데 하나를 쓰세요: {units}. 맞는 것이 없으면 figure를 빼고 수를 진술에만 쓰세요",
        en="Use one of {units}; if none fits, leave the figure out and keep the number in the statement",
    ),
)
RAW_NOT_QUOTED = Problem(
    Bilingual(ko="{raw}은(는) 인용한 말에 없습니다", en="{raw} is not in any quote"),
    Bilingual(ko="글에 적힌 대로 쓰고, 그 말을 인용하세요", en="Write it as the text does, and quote those words"),
)
VALUE_DIFFERS = Problem(
    Bilingual(
        ko="글의 {raw}은(는) {value}(으)로 읽히지 않습니다(읽히는 값: {read})",
        en="{raw} does not read as {value} in the text (it reads as {read})",
    ),
    Bilingual(ko="`raw`와 `value`를 글대로 고치세요", en="Correct `raw` and `value` by the text"),
)
RAW_UNIT_DIFFERS = Problem(
    Bilingual(ko="글의 {raw}은(는) 단위가 다릅니다(글: {theirs})", en="{raw} has another unit in the text ({theirs})"),
    Bilingual(ko="{unit} 대신 글의 단위를 쓰세요", en="Use the text's unit instead of {unit}"),
)
RAW_BOUND_DIFFERS = Problem(
    Bilingual(ko="글에서 {raw}의 범위는 ‘{theirs}’입니다", en="the text has {raw} as ‘{theirs}’"),
    Bilingual(ko="`bound`: `{bound}`", en="`bound`: `{bound}`"),
)
FIGURE_MISSING = Problem(
    Bilingual(ko="`kind`가 `figure`인데 수치가 없습니다", en="is empty, though `kind` is `figure`"),
    Bilingual(ko="`figures`를 넣거나 `kind`를 `fact`로 하세요", en="Give the figure, or use `kind` `fact`"),
)
COST_BASIS_MISSING = Problem(
    Bilingual(ko="금액에는 무엇의 비용인지가 있어야 합니다", en="is required for money"),
    Bilingual(
        ko="다음 가운데 하나를 넣으세요: {bases}. 비용이 아니면 figure를 빼세요",
        en="Give one of {bases}; leave the figure out if it is not a cost",
    ),
)
COST_BASIS_ADVISED = Bilingual(
    ko="돈을 말합니다. 비용이면 `cost_basis`를 넣으세요.", en="It speaks of money: give `cost_basis` if that is a cost."
)
NEW_MEASURE = Bilingual(
    ko="`measure` `{measure}`은(는) 처음 나옵니다. 있는 것: {measures}.",
    en="The measure `{measure}` is new. Existing ones: {measures}.",
)

# Times

NOT_EDTF = Problem(
    Bilingual(ko="{period}은(는) EDTF가 아닙니다", en="{period} is not EDTF"),
    Bilingual(ko="2024, 2024-05, 2020/2024, 2025/..처럼 쓰세요", en="Write 2024, 2024-05, 2020/2024 or 2025/.."),
)
YEARS_NOT_QUOTED = Problem(
    Bilingual(ko="{years}년은 인용한 말에 없습니다", en="{years} is not in the quoted words"),
    Bilingual(
        ko="해를 말하는 대목을 `context`로 인용하거나, 해를 빼세요",
        en="Quote the words that give the year as `context`, or leave it out",
    ),
)
OTHER_YEARS_QUOTED = Problem(
    Bilingual(
        ko="{years}년은 인용한 말에 없습니다(있는 해: {quoted})",
        en="{years} is not in the quoted words (they have {quoted})",
    ),
    YEARS_NOT_QUOTED.fix,
)

# Speakers

ATTRIBUTION_MISMATCH = Problem(
    Bilingual(ko="`attribution`과 맞지 않습니다", en="does not fit `attribution`"),
    Bilingual(
        ko="`attribution`이 `author`이면 빼고, 아니면 넣으세요",
        en="Leave it out with `author`, give it with all others",
    ),
)
NOT_IN_QUOTATION_MARKS = Problem(
    Bilingual(ko="글에서 따옴표 안의 말이 아닙니다", en="the words are not in quotation marks in the text"),
    Bilingual(
        ko="`indirect`로 하거나 따옴표 안의 말을 인용하세요", en="Use `indirect`, or quote what is in quotation marks"
    ),
)
NO_REPORTING_WORDS = Problem(
    Bilingual(
        ko="말을 전하는 표현(밝혔다, 따르면)이 없습니다", en="there are no words of reporting (said, according to)"
    ),
    Bilingual(ko="그 표현까지 인용하거나 `author`로 하세요", en="Quote them too, or use `author`"),
)
NO_UNNAMED_SOURCE = Problem(
    Bilingual(
        ko="이름 없는 출처(관계자, 전문가들)가 보이지 않습니다", en="there is no unnamed source (an official, experts)"
    ),
    Bilingual(
        ko="출처를 `context`로 인용하거나 `author`로 하세요", en="Quote the source as `context`, or use `author`"
    ),
)
NOT_AUTHORS_WORDS = Problem(
    Bilingual(ko="글은 이 말을 {name}의 말로 전합니다", en="the text attributes these words to {name}"),
    Bilingual(
        ko="`speaker`: `{speaker}`, `attribution`: `direct` 또는 `indirect`",
        en="`speaker`: `{speaker}`, `attribution`: `direct` or `indirect`",
    ),
)
SPEAKER_NOT_IN_TEXT = Problem(
    Bilingual(ko="글에 {name}이(가) 나오지 않습니다", en="the text does not name {name}"),
    Bilingual(ko="글에 이름이 나오는 사람만 쓰세요", en="Give only people whom the text names"),
)
SPEAKER_NOT_QUOTED = Problem(
    Bilingual(
        ko="인용한 말과 그 문장에 말한 이가 나오지 않습니다", en="is not named in the quoted words or their sentence"
    ),
    Bilingual(
        ko="말한 이가 나오는 대목을 `context`로 인용하세요", en="Quote the words that name the speaker as `context`"
    ),
)
SPEAKER_DIFFERS = Problem(
    Bilingual(ko="글에서 이 말을 한 사람은 {name}입니다", en="the text names {name} with these words"),
    Bilingual(
        ko="`speaker`: `{speaker}`. 아니라면 말한 이가 나오는 문장을 인용하세요",
        en="`speaker`: `{speaker}`; if not, quote the sentence that names the speaker",
    ),
)

# Entities, trends and older claims

NOT_IN_TEXT = Problem(
    Bilingual(ko="글에 {name}이(가) 나오지 않습니다", en="the text does not name {name}"),
    Bilingual(ko="빼거나 글이 말하는 대상으로 바꾸세요", en="Leave it out, or give the one that the text names"),
)
NAMED_OTHERWISE = Bilingual(
    ko="{name}은(는) 글에 그 이름으로 나오지 않습니다. 맞는 대상인지 확인하세요.",
    en="The text does not name {name}: check that it is the right one.",
)
AMBIGUOUS_NAME = Problem(
    Bilingual(ko="{name}은(는) 여러 대상의 이름입니다", en="{name} is the name of several"),
    Bilingual(ko="id로 쓰세요: {ids}", en="Give the id: {ids}"),
)
UNKNOWN_TREND = Problem(
    Bilingual(ko="{name}(이)라는 동향은 없습니다", en="there is no trend {name}"),
    Bilingual(ko="있는 것: {ids}. 맞는 것이 없으면 빼세요", en="There are {ids}; leave it out if none fits"),
)
UNKNOWN_ENTITY = Problem(
    Bilingual(ko="{name}은(는) 지식베이스에 없습니다", en="{name} is not in the knowledge base"),
    Bilingual(ko="`entities`에 새 대상으로 넣으세요", en="Add it to `entities` as a new one"),
)
MISSPELT_ENTITY = Problem(
    UNKNOWN_ENTITY.problem,
    Bilingual(
        ko="혹시 {ids}? 아니면 `entities`에 새 대상으로 넣으세요",
        en="Did you mean {ids}? Otherwise add it to `entities` as a new one",
    ),
)
ID_TAKEN = Problem(
    Bilingual(ko="id {id}은(는) 이미 쓰이고 있습니다", en="the id {id} is taken"),
    Bilingual(ko="있는 대상을 쓰거나 다른 id를 쓰세요", en="Use the existing entity, or another id"),
)
ENTITY_NOT_IN_TEXT = Problem(
    Bilingual(ko="글에 그 이름이 없습니다", en="none of its names is in the text"),
    Bilingual(ko="글에 적힌 이름을 `aliases`에 넣으세요", en="Give the name that the text has in `aliases`"),
)
_NAME_ALONE = Bilingual(ko="이름만 쓰고 이 별칭은 빼세요", en="Give the name alone; leave this alias out")
ALIAS_NOT_IN_TEXT = Problem(
    Bilingual(ko="글에 {name}이(가) 이름으로 나오지 않습니다", en="{name} is not a name in the text"), _NAME_ALONE
)
ISO_WITHOUT_COUNTRY = Problem(
    Bilingual(ko="나라에만 씁니다", en="is for countries only"), Bilingual(ko="빼세요", en="Leave it out")
)
NAME_NOT_VISIBLE = Problem(
    Bilingual(
        ko="{name}에 보이지 않는 글자나 앞뒤 빈칸이 있습니다",
        en="{name} contains hidden characters or surrounding blanks",
    ),
    Bilingual(ko="보이는 글자로만 쓰세요", en="Write visible characters only"),
)
NOT_A_NAME = Problem(
    Bilingual(ko="{name}은(는) 이름이 아닙니다", en="{name} is not a name"),
    Bilingual(
        ko="글자나 숫자로 시작하고 따옴표, 괄호, 주소가 없는 이름을 쓰세요",
        en="Write a name that begins with a letter or digit, without quotation marks, markup or addresses",
    ),
)
NAME_TAKEN = Problem(
    Bilingual(ko="{name}은(는) 이미 {ids}의 이름입니다", en="{name} is already a name of {ids}"),
    Bilingual(
        ko="그 id를 쓰거나, 이름만 쓰고 이 별칭은 빼세요",
        en="Use that id, or give the name alone; leave this alias out",
    ),
)
NAME_ORDINARY = Problem(Bilingual(ko="{name}은(는) 흔한 낱말입니다", en="{name} is an ordinary word"), _NAME_ALONE)
NOT_OF_ARTICLE = Problem(
    Bilingual(ko="{claim}은(는) 이 기사의 주장이 아닙니다", en="{claim} is not a claim of this article"),
    Bilingual(ko="이 기사의 주장 id를 쓰거나 빼세요", en="Give the id of one of its claims, or leave it out"),
)
SUPERSEDES_UNRELATED = Problem(
    Bilingual(
        ko="{id}은(는) 다른 대목에서 다른 것을 말합니다",
        en="{id} rests on other words and has no figure of the same subject and measure",
    ),
    Bilingual(
        ko="빼세요. 그 주장이 틀렸다면 사용자가 `ai-trends-mcp mark`로 표시할 수 있습니다",
        en="Leave it out; if that claim is wrong, the user can mark it with `ai-trends-mcp mark`",
    ),
)
WHY_MISSING = Problem(
    Bilingual(ko="바꾸는 이유가 없습니다", en="is missing"),
    Bilingual(ko="이유를 한 문장으로 쓰세요", en="Say in a sentence why it replaces that claim"),
)
