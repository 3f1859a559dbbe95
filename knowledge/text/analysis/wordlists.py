"""Word lists of the analyzer: Korean particles and endings, question words, English stop words."""

PARTICLES = tuple(
    "으로서는 으로써는 에서부터 으로부터 이라고는 에서는 에게서 에게는 으로는 으로도 이라는 이라고 이라도 이라면 까지는 까지도 "
    "부터는 에서도 보다는 에서의 으로의 에다가 에다 한테서 한테 이나마 이랑 와의 과의 에게 에서 으로 부터 까지 보다 처럼 마다 조차 "
    "마저 밖에 라는 라고 라도 이란 이나 이며 이고 하고 에는 에도 에만 들끼리 끼리 들에게 들한테 들은 들이 들을 들의 들도 들에 은 는 이 엔 "
    "가 을 를 에 의 로 와 과 도 만 들 란 나 랑 야".split()
)
"""Suffixes of nouns."""

AFTER_CONSONANT = frozenset(
    "은 이 을 과 과의 으로 으로서는 으로써는 으로부터 으로는 으로도 으로의 이라고는 이라는 이라고 이라도 이라면 이나마 이랑 이나 이며 이고 이란".split()
)
"""Particles that follow only a consonant."""

AFTER_VOWEL = frozenset("는 가 를 와 와의 라는 라고 라도 란 나 랑 야".split())
"""Particles that follow only a vowel."""

COMMONEST_PARTICLES = frozenset("은 는 엔 이 가 을 를 의 에 에서 으로 로 와 과 만".split())
"""Particles that are believed after a single syllable: 뇌는, 암을."""

ENDINGS = tuple(
    "했습니다 합니다 됩니다 됐습니다 되었습니다 하였습니다 입니다 습니다 했는지 하는지 되는지 인가요 할까요 될까요 일까요 하나요 "
    "되나요 했나요 됐나요 았나요 었나요 하려는 하려고 하면서 하지만 하기로 하기에 했다고 한다고 된다고 된다는 한다는 했다는 하겠다고 "
    "하겠다 한다면 된다면 했던 하던 하도록 되도록 하는데 했는데 하는가 했는가 되는가 됐는가 하였다 되었다 되면서 되어서 하여 하며 하고 "
    "하면 하는 하게 하지 하기 하려 해서 해야 했다 했고 했을 했나 했지 한다 하나 할까 될까 되고 되며 되면 되는 되어 된다 됐다 됐고 됐나 "
    "되나 되었 시킨 시켜 시킬 인가 인지 일까 이다 이었 였다 이며 적인 적으로 하다 되다 한 할 함 해 된 될 됨 돼 인 일 임".split()
)
"""Suffixes of verbs made of nouns, and forms of the copula."""

VERB_ENDING = (
    r"(?:나요?|까요?|[는은인]가요?|니까|냐고?|네요?|죠|지요?|다고들?|라고들?|다던데|라던데|길래|면은?|려면|도록|[아어여라]서|고|며|[는은]지"
    r"|대요|래요|답니까|거야|거예요|겁니까|겠다[는고]?|던|[았었했됐렸졌갔났]\w{0,3}|[을를]?까|[아어]|게|데|[하되]는|하라고|[지]를|[어아]?\s?[봐줘주]\w?|"
    r"리거나|거나|래|된대요|예요|에요|[려져겨쳐켜]|인대|진대|뭐라|인데|라는데|다는데|[라다]며)$"
)
"""Endings of verbs and adjectives in questions: an unknown word that ends so is no name."""

ASKING_WORDS = frozenset(
    "알려줘 알려주세요 알려 말해줘 말해 설명해줘 찾아줘 보여줘 궁금 궁금해 대해 대한 대하여 대해서 관해 관한 관련 관련된 그리고 그런데 좀 것 거 수 등 및 또는 때문 위해 위해서 위한 정도 라고 이야 "
    "이라고 개 그 이 저 것은 것을 것이 것도 거라던데 건가 게 걸 겁니까 거예요 얘기 너무 정말 정말로 진짜 더 다시 가장 제일 따르면 따른 따라 따라서 의하면 의해 의한 통해 통한 통하여 인해 인한 "
    "비해 향해 또한 그거 이거 저거 그게 이게 갑자기 대체 도대체 혹시 갯수 설명좀".split()
)
"""Words of questions without content: they only ask or join."""

INTERROGATIVE = r"^(?:무엇|무슨|어떤|어떻|어떠|어느|어디|언제|누구|누가|누군|얼마|몇|뭐|뭔|뭘|왜$|왜냐)"
"""Beginnings of question words, whatever follows: 무엇입니까, 누구인가요."""

AUXILIARY = (
    r"^(?:[있않]|없(?!애|앤|앨)|아닌|아닙|아니(?:다|고|며|면|라|었|지|한|함|오|요)"
    r"|[하했합한할되됐됩된될해돼](?:$|[다는은을지고며면여었였니나까]|어야|도록|려))"
)
"""Verbs that say nothing by themselves (있다, 없다, 아니다, 않다, 하다, 되다), in any form."""

VAGUE_WORDS = frozenset(
    "설명해 설명 찾아 보여 인가 인가요 일까 때 했어 나요 기사 기사에서 기사에 말하나 말했나 어때 인지 개인가요 말 말로 말이 확 원래 앞으로 혼자 크게 많이 계속 모두 모든 그렇게 이렇게 그렇다는 "
    "다음 다음에는 사람 사람들 사람들이 남의 쪽으로 전부 아직 이미 지금 하라고 한다고 된다는 된다고 맞습니까 맞나 맞아 발언 날짜 열려 열리나 종류 나오나 나와 나온 나올 생기나요 생기나 어떨까 해주고 "
    "주나 주는 이름 이름은 이름이 배경은 이유 이유는 이유가 근거는 까닭 뜻 뜻은 내용 글 글에서 글쓴이 글쓴이는 필자 필자는 저자".split()
)
"""Words of questions that seldom have content: they count half."""

NUMBER_QUESTION = r"몇(?!\s?년)|얼마|[개갯]수|격차|(?:가장|제일) 많|(?<![가-힣])수(?:[가는은를]|\W|$)|how (?:many|much|long|far|big)|number of|\bcount|\bmost "
"""Pattern of a question for a number."""

ENGLISH_STOP = frozenset(
    "here there a an and any are as at be been being but by can could did do does for from had has have he her his how i if in into is it "
    "its many me much my of on or our say says said she should so some such tell than that the their them then there these "
    "they this those to up was we were what when where which who whom whose why will with would you your about according "
    "isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't shouldn't hasn't haven't hadn't it's "
    "that's there's what's who's how's i'm i've we're we've they're you're suddenly "
    "article articles please explain describe give show find vs versus really actually ever just also very today's one".split()
)
"""English stop words."""
