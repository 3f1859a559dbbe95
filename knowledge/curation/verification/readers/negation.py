"""Does a statement say the reverse of the words? What can be told without understanding them.

A negation cut off, dropped or added to the same verb, and up for down. That a statement negates with another word, nobody can
tell without a model.
"""

import re
import unicodedata
from collections.abc import Iterator

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import Draft
from knowledge.curation.verification.messages import Advisory, Finding, Violation, quote, shorten
from knowledge.curation.verification.readers.quotes import QuoteSpan
from knowledge.text.analysis import analyzer, hangul, stemmer

_CUT_AFTER = re.compile(r"[가-힣]{0,2}(?:지|진|지는|지도|지를)? ?(?:않|못하|못했|아니[다라었]|아닌|아닙)")
_JI = re.compile(r"[지진질]\Z|지[는도를]\Z")
_CUT_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?:not|never|no|cannot|hardly|without|nor|neither)|n['’]t) \Z", re.IGNORECASE
)
_KOREAN = re.compile(r"(?P<verb>[가-힣]{1,8})(?:지|지는|지도|지를|지가) ?(?:않|못[하했한할]|아니하)")
_ENGLISH = re.compile(
    r"(?:(?<![A-Za-z])(?:not|never|cannot)|n['’]t)(?: (?:be|been|to|have|yet|also|even|\w+ly))* (?P<verb>[A-Za-z]+)",
    re.IGNORECASE,
)
_ANY_KOREAN = re.compile(
    r"않|못|아니|아닌|아닙|없|말[고라아]|미달|부족|(?<![가-힣])안 |불가|반대|부인|거부|중단|그치|그만"
)
_ANY_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:not|no|never|none|nor|neither|without|cannot|hardly|fail\w*|rather than|instead|un(?!i|der|til)\w+|inab\w+|insuff\w+|incomp\w+|imposs\w+|lack\w*|den(?:y|ies|ied)|refus\w*|stop\w*|little|few)(?![A-Za-z])|n['’]t",
    re.IGNORECASE,
)
_ASKED = re.compile(r"[가-힣]+지 ?(?:않을까|않을지|않나|않겠[는느])")
"""A guess or worry in the form of a negative question: it negates nothing."""
_AUXILIARY = frozenset("be been have has do does did only just merely all always enough so as a an the to".split())
_UP = re.compile(
    r"증가|상승|늘[어었고린릴려]|오[르른를]|올[라랐렸]|올리|급등|급증|확대|성장(?:했|한|하|률)|높아|높[였이]|인상|상향|많아|% ?(?:더 )?(?:많|높|크)"
    r"|(?<![A-Za-z])(?:ros(?:e|en)|ris(?:e[sn]?|ing)|rais\w+|increas\w*|grew|grow(?:s|n|ing|th)?|climb\w*|jump\w*|surg\w*|gain(?:s|ed)?"
    r"|up(?= \d)|(?<=\d% )(?:more|higher))(?![A-Za-z])",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"감소|하락|줄[어었고인일이여였]|내[리린렸려](?=[며고다었는 기]|$)|떨어[지졌진질져]|급락|급감|축소|낮아|낮[춰췄추]|인하|하향|적어|덜 |% ?(?:더 )?(?:적|낮)"
    r"|(?<![A-Za-z])(?:fell|fall(?:s|en|ing)?|declin\w*|decreas\w*|drop\w*|shr[aiu]nk\w*|slump\w*|plung\w*|reduc\w*|lower\w*"
    r"|cut(?:s|ting)?|down(?= \d)|los(?:es?|t|ing)|sank|sink\w*|(?<=\d% )(?:less|fewer))(?![A-Za-z])",
    re.IGNORECASE,
)
_SHORTEST_STEM = 3


def check(draft: Draft, states: str, every: str) -> Iterator[Finding]:
    """Where a statement and the words that state it say the reverse of each other."""
    yield from _direction(draft, every)
    nowhere = not _ANY_KOREAN.search(draft.statement_ko) and not _ANY_ENGLISH.search(draft.statement_en)
    for about, said in (("statement_ko", draft.statement_ko), ("statement_en", draft.statement_en)):
        yield from _negation(about, said, states, nowhere=nowhere)


def cut_off(about: str, piece: QuoteSpan, body: str) -> Iterator[Finding]:
    """A negation that a quote leaves out: it stands right after its end (않았다), or right before its beginning (not)."""
    after, before = body[piece.end : piece.end + 12], body[max(0, piece.start - 12) : piece.start]
    last = body[piece.end - 1]
    ji = _JI.search(body[max(0, piece.end - 2) : piece.end]) and re.match(r" ?(?:않|못[하했])", after)
    cut = ji or (
        _CUT_AFTER.match(after) if "가" <= last <= "힣" and not after.startswith((" ", "가 아니", "이 아니")) else None
    )
    cut = cut or _CUT_BEFORE.search(before)
    if cut:
        words = shorten(body[max(0, piece.start - 12) : piece.end + 12], 80)
        yield messages.NEGATION_CUT.at(about, words=words)


def _direction(draft: Draft, every: str) -> Iterator[Finding]:
    """Up for down: only where both statements and the words each know one direction, since every sentence has several subjects."""
    both = draft.statement_ko, draft.statement_en
    ups, downs = [bool(_UP.search(said)) for said in both], [bool(_DOWN.search(said)) for said in both]
    if ups != [not down for down in downs] or ups[0] != ups[1] or _negates(every) or any(map(_negates, both)):
        return
    same, other = (_UP, _DOWN) if ups[0] else (_DOWN, _UP)
    there, mine = other.search(every), same.search(draft.statement_en)
    if there and mine and not same.search(every):
        yield messages.DIRECTION_REVERSED.at("statement_en", theirs=quote([there[0]]), ours=quote([mine[0]]))


def _negation(about: str, said: str, states: str, *, nowhere: bool) -> Iterator[Finding]:
    korean = about == "statement_ko"
    pattern, anything = (_KOREAN, _ANY_KOREAN) if korean else (_ENGLISH, _ANY_ENGLISH)
    if analyzer.has_hangul(states) != korean:
        return
    dropped = [verb for verb in _verbs(pattern, states) if _has(verb, said)] if not anything.search(said) else []
    added = [verb for verb in _verbs(pattern, said) if _has(verb, states)] if not anything.search(states) else []
    for verb in (*dropped, *added)[:1]:
        yield (messages.NEGATION_DROPPED if dropped else messages.NEGATION_ADDED).at(about, verb=shorten(verb))
    if (
        not (dropped or added)
        and bool(anything.search(said)) != bool(anything.search(states))
        and pattern.search(states)
    ):
        yield (
            _doubt(about)
            if nowhere and pattern.search(_ASKED.sub(" ", states))
            else Advisory(messages.NEGATION_DOUBTFUL)
        )


def _doubt(about: str) -> Violation:
    """Neither statement has any word of negation, in whichever language the words negate."""
    return messages.NEGATION_MISSING.at(about)


def _negates(words: str) -> bool:
    return bool(_KOREAN.search(words) or _ENGLISH.search(words))


_INSTEAD = re.compile(
    r"(?P<noun>[가-힣A-Za-z0-9]{2,12})(?:이|가) 아니[라고]|(?P<other>[가-힣A-Za-z0-9]{2,12})(?:이|가) 아닌(?= )"
)


def _verbs(pattern: re.Pattern[str], words: str) -> Iterator[str]:
    if pattern is _KOREAN:
        yield from (match["noun"] or match["other"] for match in _INSTEAD.finditer(words))
    for match in pattern.finditer(words):
        verb = match["verb"].lower()
        if verb not in _AUXILIARY and (len(verb) >= _SHORTEST_STEM or not verb.isascii()):
            yield verb


def _has(verb: str, words: str) -> bool:
    """Whether the words have the verb, in whatever form."""
    if any(word.startswith(verb) for word in words.split()):
        return True
    if not verb.isascii():
        stem = unicodedata.normalize("NFD", verb)
        stem = stem if hangul.get_final(verb[-1]) else stem[:-1]  # 거치, 거쳤: the vowel goes with the ending
        return len(verb) > 1 and f" {stem}" in f" {unicodedata.normalize('NFD', words)}"
    return stemmer.stem(verb) in {stemmer.stem(word) for word in re.findall(r"[a-z]+", words.lower())}
