"""Hangul syllables, the letters they are made of, and the Hangul readings of Hanja. Pure functions.

Readings are those of the commonest characters of headlines, and of the names of countries, firms and fields.
"""

import re
from typing import NamedTuple

_FIRST = ord("가")
_VOWELS, _FINALS = 21, 28
_FIRST_ONSET = ord("\u1100")
"""Of the letters that stand at the beginning of a syllable only: what is typed alone is folded to these."""

ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
"""Initial consonants of syllables, in Unicode order."""
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: tuple[str, ...] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
"""Final consonants of syllables, often none."""


class Jamo(NamedTuple):
    """The letters of a syllable, as places in `ONSETS`, `VOWELS` and `FINALS`."""

    onset: int
    vowel: int
    final: int

    def __str__(self) -> str:
        return chr(_FIRST + (self.onset * _VOWELS + self.vowel) * _FINALS + self.final)


def is_hangul(word: str) -> bool:
    """Check that a word begins with a Hangul syllable."""
    return "가" <= word[:1] <= "힣"


def get_initials(text: str) -> str:
    """Return the letters that Hangul syllables begin with, as people abbreviate names; all else as it is."""
    return "".join(chr(_FIRST_ONSET + decompose(letter).onset) if is_hangul(letter) else letter for letter in text)


def are_initials(word: str) -> bool:
    """Check that a folded word is nothing but such letters."""
    return bool(word) and all(_FIRST_ONSET <= ord(letter) < _FIRST_ONSET + len(ONSETS) for letter in word)


def to_keyboard_letters(initials: str) -> str:
    """Return initials as a keyboard writes them."""
    return "".join(ONSETS[ord(letter) - _FIRST_ONSET] for letter in initials)


def decompose(syllable: str) -> Jamo:
    """Return the letters that a Hangul syllable is made of."""
    place = ord(syllable) - _FIRST
    return Jamo(place // (_VOWELS * _FINALS), place // _FINALS % _VOWELS, place % _FINALS)


def get_final(syllable: str) -> str:
    """Return the letter that a syllable ends with; empty where that is a vowel."""
    return FINALS[(ord(syllable) - _FIRST) % _FINALS]


_READINGS = (
    "가加可家價歌街假 각各角覺閣 간間干刊簡肝 감感減監敢 강强江講康降 개開改個介概 객客 거巨去居據擧距 건件建健 검檢劍 "
    "격格擊激隔 견見堅犬 결決結缺 경經京景競警境輕慶驚 계計界系係契階季械 고高古考告固庫故苦 곡曲谷 공工公共空功攻供 과科過課果 "
    "관關觀官管館 광光廣鑛 교敎教校交橋較 구九求究區口舊救構購具球 국國局 군軍群郡君 권權券圈勸 귀貴歸 규規 극極劇 근近勤根 "
    "금金今禁 급急級給 기技器氣機期基記企起旗汽奇寄 길吉 나羅那 난難暖 남南男 내內乃來耐 년年 념念 녀女 노老努 농農 능能 "
    "다多 단單團段短斷端 담談擔 답答 당當黨唐堂 대大代對臺台待帶隊 덕德 도道都度圖島導到徒逃 독獨讀毒 동東動同洞冬童 두頭豆 "
    "득得 등等登 락落樂 란亂卵 랑浪郞 량量良兩糧 려麗旅慮 력力歷 련聯連練 렬列烈 령領令靈 례例禮 로路露勞爐 록錄綠 론論 "
    "료料療 류流類留 륙陸六 률律率 리理利里離李 림林臨 립立 마馬魔 막幕莫 만萬滿灣晩 말末 망網望亡忘 매買賣每媒 맹盟 "
    "면面免綿 명明名命 모模母毛募 목目木牧 무無務武貿霧舞 문文問門聞 물物 미美未米味尾 민民敏 밀密 박博朴迫 반反半班般 발發 "
    "방方防放訪房 배配倍培背排 백白百 번番飜 벌罰 범範犯 법法 벽壁 변變邊辯 별別 병病兵竝 보報保補步寶 복復福服複 본本 "
    "봉封奉 부部府不富副父付負婦否 북北 분分粉奮憤 불佛 비比非費備飛批秘 빈貧 빙氷 사社事史士使四死司寫私査思師射沙辭 산産山算散 "
    "살殺 삼三森 상上相商象想賞常狀像 색色 생生 서西書序署 석石席析夕 선先線選船善宣鮮 설設說雪 성成性星城聲省誠 세世稅勢歲細洗 "
    "소小少所消素訴燒 속速續屬束 손孫損 송送宋訟 쇄鎖刷 수水手數首輸收受修守壽授 숙宿熟 순順純 술術述 습習濕 승勝承昇乘 "
    "시市時示試始視施詩 식食式識植 신新信身神申 실實室失 심心深審 십十 쌍雙 씨氏 아兒亞我 악惡 안安案眼 암暗巖 압壓 애愛 "
    "액額液 야野夜 약約藥弱 양洋陽樣養羊 어語漁魚 억億 언言 엄嚴 업業 여與餘 역役逆驛域易 연硏研然演延煙 열熱 염鹽 "
    "영英永映營榮影 예豫藝預 오五午誤 옥玉獄 온溫 완完 왕王 외外 요要搖 용用龍容勇 우右雨友優宇憂 운運雲 웅雄 "
    "원原元院員源遠援願 월月越 위位衛危爲委圍違威 유有油由遺 육育肉 은銀恩 을乙 음音飮 의意議醫義疑衣 이二以移異伊 익益 "
    "인人印因仁認引 일一日 임任 입入 자自者資子字姿 작作昨 잔殘 장長場將張障章裝 재再在財材災裁 쟁爭 저低著貯 적的赤敵適積績 "
    "전戰電全前傳展轉專典 절節切絶 점點店占 접接 정政正定情精訂停庭靜 제制第製題濟提際帝除 조兆朝造條調組助祖操 족族足 존存 "
    "종種終從 좌左座 죄罪 주主株周住注州週 죽竹 준準 중中重衆 즉卽 증增證症 지地知智支止指志紙持誌 직職直織 진進眞陣陳珍 질質 "
    "집集 징徵 차車次差 착着 찬贊讚 참參 창創窓 채債採 책策責冊 처處 척尺 천千天川 철鐵哲 첨尖 청靑淸請廳 체體 초超初草 "
    "촉促 총總銃 최最 추推秋追 축蓄縮祝 출出 충充衝忠 취取就 측測側 층層 치治値致 칠七 침侵 타他打 탄彈炭 탈脫奪 탐探 "
    "태太態泰 택宅擇 토土討 통通統 퇴退 투投鬪 특特 파波派破 판判版板 팔八 패敗 편便編 평平評 폐廢 포包砲 폭暴爆幅 "
    "표表票標 품品 풍風 피被 필必 하下河 학學 한韓漢限 할割 합合 항抗航港 해海害解 핵核 행行幸 향香向 허許虛 헌憲 험險驗 "
    "혁革 현現賢 협協 형形型兄 혜惠 호號護好湖 혼混 화化火華話和畵貨 확確擴 환換環患 활活 황黃況皇 회會回 획劃 효效孝 "
    "후後候 훈訓 휘揮 휴休 흑黑 흡吸 흥興 희希 "
)
"""A syllable, and the characters that are read so."""
_READING = {character: entry[0] for entry in _READINGS.split() for character in entry[1:]}
_RUN = re.compile(f"[{''.join(_READING)}]+")
_SOFT = "ㅑㅕㅖㅛㅠㅣ"
"""Vowels before which no word begins with ㄴ or ㄹ: 女子 is 여자, 理論 이론."""
_INITIAL_ONSETS = {("ㄴ", True): "ㅇ", ("ㄹ", True): "ㅇ", ("ㄹ", False): "ㄴ"}
"""Initial consonants as pronounced at the beginning of a word, by whether such a vowel follows."""
_AFTER_VOWEL = {"률": "율", "렬": "열"}
"""Readings of syllables after a vowel or ㄴ: 比率 is 비율."""


def to_hangul(text: str) -> str:
    """Return a text with its Hanja as Hangul; rare characters stay."""
    return _RUN.sub(lambda run: _read_word(run[0], text[: run.start()][-1:]), text)


def _read_word(characters: str, before: str) -> str:
    word = ""
    for character in characters:
        syllable = _READING[character]
        if word:
            syllable = _AFTER_VOWEL.get(syllable, syllable) if get_final(word[-1]) in ("", "ㄴ") else syllable
        elif not before.isalnum():  # a word begins here: not in 2024年
            syllable = _initial_form(syllable)
        word += syllable
    return word


def _initial_form(syllable: str) -> str:
    """Return a syllable as it is written at the beginning of a word."""
    letters = decompose(syllable)
    soft = VOWELS[letters.vowel] in _SOFT
    onset = _INITIAL_ONSETS.get((ONSETS[letters.onset], soft))
    return str(letters._replace(onset=ONSETS.index(onset))) if onset else syllable
