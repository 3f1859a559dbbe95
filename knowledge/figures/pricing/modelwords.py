"""Words of which names of models are made, in both scripts. A table of our own: which words mean the same, and which none."""

_KOREAN = """\
지피티 쥐피티 챗지피티=chatgpt 챗gpt=chatgpt|gpt
클로드 끌로드|claude
소넷 소네트 쏘넷|sonnet
오퍼스 오푸스 오파스|opus
하이쿠 하이꾸|haiku
미토스 뮈토스|mythos
페이블|fable
제미나이 제미니 재미나이 제머나이|gemini
젬마|gemma
플래시 플래쉬 플레시|flash
라이트|lite
프로|pro
맥스|max
플러스|plus
울트라|ultra
나노|nano
미니|mini
마이크로|micro
터보|turbo
라지|large
미디엄|medium
스몰|small
라마|llama
매버릭 마베릭|maverick
스카우트|scout
베히모스|behemoth
딥시크 딥씨크 딥식|deepseek
코더|coder
챗|chat
키미|kimi
씽킹 싱킹 띵킹|thinking
큐웬 쿠웬 퀜 큐원|qwen
그록 그로크|grok
패스트|fast
미스트랄 미스트럴|mistral
믹스트랄 믹스트럴|mixtral
코드스트랄 코데스트랄|codestral
하이퍼클로바엑스=hyperclova-x 하이퍼클로버엑스=hyperclova-x 하이퍼클로바 하이퍼클로버|hyperclova
엑사원 엑사온 액사원|exaone
팔콘 팰컨|falcon
블룸|bloom
팜|palm
커맨드|command
미니맥스|minimax
솔라|solar
노바|nova
파이|phi
추론 리즈닝|reasoning
프리뷰 미리보기|preview
인스트럭트|instruct
케이투|k2
알원|r1
오원|o1
엑스|x
모델|model
오픈에이아이 오픈ai|openai
앤트로픽 앤스로픽|anthropic
구글|google
메타|meta
문샷|moonshot
네이버|naver
엘지|lg
알리바바|alibaba
엔비디아|nvidia"""


def _read() -> dict[str, str]:
    words: dict[str, str] = {}
    for line in _KOREAN.split("\n"):
        spellings, _, usual = line.partition("|")
        for spelling in spellings.split():
            word, _, other = spelling.partition("=")
            words[word] = (other or usual).replace("-", " ")
    return words


KOREAN = _read()
"""Korean spellings of words in names, and the Latin word that each is."""
ONE_WORD = {
    "deep seek": "deepseek",
    "chat gpt": "chatgpt",
    "hyper clova": "hyperclova",
    "hyperclovax": "hyperclova x",
    "clovax": "clova x",
    "high speed": "highspeed",
    "chatgpt": "gpt chat",
    "gpt 4 1106 preview": "gpt 4 turbo 1106",
    "gpt 4 0125 preview": "gpt 4 turbo 0125",
}
"""What is written in several ways, and how it is taken; the dated previews of GPT-4 were GPT-4 Turbo."""
MAKERS = frozenset(
    "openai anthropic google deepmind meta facebook xai moonshot moonshotai alibaba microsoft amazon zai zhipu cohere perplexity naver kt skt lg nvidia".split()
)
"""Makers' names that people write before a model's: no part of its name where something else is left."""
FAMILIES = frozenset(
    "claude gemini gemma gpt llama kimi deepseek glm grok mistral mixtral codestral ministral magistral devstral qwen minimax hyperclova "
    "exaone nemotron".split()
)
"""Words of families: a name that begins with one is a model's."""
COMPANIES = frozenset("deepseek mistral minimax".split())
"""Families whose word alone is a company's name."""
VARIANTS = frozenset(
    "sonnet opus haiku turbo ultra max mini nano pro codex image audio realtime flash lite vision thinking coder omni air".split()
)
"""Words that tell the models of a family apart."""
FILLERS = frozenset({"model", "the", "ai", "free"})
"""Words that tell no model from another."""
FORMS = frozenset({"instruct", "it", "hf", "fp8", "bf16", "maas", "chat"})
"""How an open model of a named size is packed or tuned by those who serve it."""
VENDORS = "anthropic|amazon|meta|openai|mistral|deepseek|google|qwen|moonshotai|zai|nvidia|writer|cohere|minimax"
"""What stands before a dot in the names of one reseller (`global.anthropic.claude-…`)."""
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
