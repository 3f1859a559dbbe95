"""Country names as datasets write them, and their ISO 3166-1 alpha-3 codes.

Epoch AI writes the names of the UN's M49 list ("Korea (Republic of)") with a few short ones ("Russia", "Hong Kong"); both are
listed, with names that a later vintage may use. Territories with a code of their own are separate places.
"""

from typing import NamedTuple

from knowledge.model import Bilingual, Language

UNKNOWN = "ZZZ"
"""Code of an unknown country name; ISO 3166 reserves it for private use."""
MULTINATIONAL = "multinational"
"""Entry among countries for a developer without one: no country, left out of every count."""

_NAMES = """\
AFG AF 아프가니스탄;Afghanistan|ALB AL 알바니아;Albania|DZA DZ 알제리;Algeria|AND AD 안도라;Andorra|AGO AO 앙골라;Angola
ATG AG 앤티가 바부다;Antigua and Barbuda|ARG AR 아르헨티나;Argentina|ARM AM 아르메니아;Armenia|AUS AU 오스트레일리아;Australia;호주
AUT AT 오스트리아;Austria|AZE AZ 아제르바이잔;Azerbaijan|BHS BS 바하마;Bahamas|BHR BH 바레인;Bahrain|BGD BD 방글라데시;Bangladesh
BRB BB 바베이도스;Barbados|BLR BY 벨라루스;Belarus|BEL BE 벨기에;Belgium|BLZ BZ 벨리즈;Belize|BEN BJ 베냉;Benin|BMU BM 버뮤다;Bermuda
BTN BT 부탄;Bhutan|BOL BO 볼리비아;Bolivia;Bolivia (Plurinational State of)|BIH BA 보스니아 헤르체고비나;Bosnia and Herzegovina
BWA BW 보츠와나;Botswana|BRA BR 브라질;Brazil|BRN BN 브루나이;Brunei;Brunei Darussalam|BGR BG 불가리아;Bulgaria
BFA BF 부르키나파소;Burkina Faso|BDI BI 부룬디;Burundi|CPV CV 카보베르데;Cabo Verde;Cape Verde|KHM KH 캄보디아;Cambodia
CMR CM 카메룬;Cameroon|CAN CA 캐나다;Canada|CYM KY 케이맨 제도;Cayman Islands|CAF CF 중앙아프리카 공화국;Central African Republic
TCD TD 차드;Chad|CHL CL 칠레;Chile|CHN CN 중국;China;People's Republic of China|COL CO 콜롬비아;Colombia|COM KM 코모로;Comoros
COG CG 콩고-브라자빌;Congo|COD CD 콩고-킨샤사;Democratic Republic of the Congo|CRI CR 코스타리카;Costa Rica
CIV CI 코트디부아르;Côte d'Ivoire;Côte d’Ivoire;Ivory Coast|HRV HR 크로아티아;Croatia|CUB CU 쿠바;Cuba|CYP CY 키프로스;Cyprus
CZE CZ 체코;Czechia;Czech Republic|DNK DK 덴마크;Denmark|DJI DJ 지부티;Djibouti|DMA DM 도미니카;Dominica
DOM DO 도미니카 공화국;Dominican Republic|ECU EC 에콰도르;Ecuador|EGY EG 이집트;Egypt|SLV SV 엘살바도르;El Salvador
GNQ GQ 적도 기니;Equatorial Guinea|ERI ER 에리트리아;Eritrea|EST EE 에스토니아;Estonia|SWZ SZ 에스와티니;Eswatini|ETH ET 에티오피아;Ethiopia
FJI FJ 피지;Fiji|FIN FI 핀란드;Finland|FRA FR 프랑스;France|GAB GA 가봉;Gabon|GMB GM 감비아;Gambia|GEO GE 조지아;Georgia
DEU DE 독일;Germany|GHA GH 가나;Ghana|GIB GI 지브롤터;Gibraltar|GRC GR 그리스;Greece|GRD GD 그레나다;Grenada|GTM GT 과테말라;Guatemala
GIN GN 기니;Guinea|GNB GW 기니비사우;Guinea-Bissau|GUY GY 가이아나;Guyana|HTI HT 아이티;Haiti|HND HN 온두라스;Honduras
HKG HK 홍콩;Hong Kong;China, Hong Kong Special Administrative Region;Hong Kong SAR|HUN HU 헝가리;Hungary
ISL IS 아이슬란드;Iceland|IND IN 인도;India|IDN ID 인도네시아;Indonesia|IRN IR 이란;Iran;Iran (Islamic Republic of)|IRQ IQ 이라크;Iraq
IRL IE 아일랜드;Ireland|IMN IM 맨섬;Isle of Man|ISR IL 이스라엘;Israel|ITA IT 이탈리아;Italy|JAM JM 자메이카;Jamaica|JPN JP 일본;Japan
JEY JE 저지;Jersey|JOR JO 요르단;Jordan|KAZ KZ 카자흐스탄;Kazakhstan|KEN KE 케냐;Kenya|KIR KI 키리바시;Kiribati|KWT KW 쿠웨이트;Kuwait
KGZ KG 키르기스스탄;Kyrgyzstan|KOR KR 한국;South Korea;Korea (Republic of);Republic of Korea;Korea
PRK KP 북한;North Korea;Korea (Democratic People's Republic of)|LAO LA 라오스;Laos;Lao People's Democratic Republic
LVA LV 라트비아;Latvia|LBN LB 레바논;Lebanon|LSO LS 레소토;Lesotho|LBR LR 라이베리아;Liberia|LBY LY 리비아;Libya
LIE LI 리히텐슈타인;Liechtenstein|LTU LT 리투아니아;Lithuania|LUX LU 룩셈부르크;Luxembourg|MAC MO 마카오;Macao;Macau
MDG MG 마다가스카르;Madagascar|MWI MW 말라위;Malawi|MYS MY 말레이시아;Malaysia|MDV MV 몰디브;Maldives|MLI ML 말리;Mali|MLT MT 몰타;Malta
MHL MH 마셜 제도;Marshall Islands|MRT MR 모리타니;Mauritania|MUS MU 모리셔스;Mauritius|MEX MX 멕시코;Mexico|FSM FM 미크로네시아;Micronesia
MDA MD 몰도바;Moldova;Republic of Moldova|MCO MC 모나코;Monaco|MNG MN 몽골;Mongolia|MNE ME 몬테네그로;Montenegro|MAR MA 모로코;Morocco
MOZ MZ 모잠비크;Mozambique|MMR MM 미얀마;Myanmar|NAM NA 나미비아;Namibia|NRU NR 나우루;Nauru|NPL NP 네팔;Nepal
NLD NL 네덜란드;Netherlands;Netherlands (Kingdom of the)|NZL NZ 뉴질랜드;New Zealand|NIC NI 니카라과;Nicaragua|NER NE 니제르;Niger
NGA NG 나이지리아;Nigeria|MKD MK 북마케도니아;North Macedonia|NOR NO 노르웨이;Norway|OMN OM 오만;Oman|PAK PK 파키스탄;Pakistan
PLW PW 팔라우;Palau|PSE PS 팔레스타인;Palestine;State of Palestine|PAN PA 파나마;Panama|PNG PG 파푸아뉴기니;Papua New Guinea
PRY PY 파라과이;Paraguay|PER PE 페루;Peru|PHL PH 필리핀;Philippines|POL PL 폴란드;Poland|PRT PT 포르투갈;Portugal
PRI PR 푸에르토리코;Puerto Rico|QAT QA 카타르;Qatar|ROU RO 루마니아;Romania|RUS RU 러시아;Russia;Russian Federation|RWA RW 르완다;Rwanda
KNA KN 세인트키츠 네비스;Saint Kitts and Nevis|LCA LC 세인트루시아;Saint Lucia|VCT VC 세인트빈센트그레나딘;Saint Vincent and the Grenadines
WSM WS 사모아;Samoa|SMR SM 산마리노;San Marino|STP ST 상투메 프린시페;Sao Tome and Principe|SAU SA 사우디아라비아;Saudi Arabia;사우디
SEN SN 세네갈;Senegal|SRB RS 세르비아;Serbia|SYC SC 세이셸;Seychelles|SLE SL 시에라리온;Sierra Leone|SGP SG 싱가포르;Singapore
SVK SK 슬로바키아;Slovakia|SVN SI 슬로베니아;Slovenia|SLB SB 솔로몬 제도;Solomon Islands|SOM SO 소말리아;Somalia
ZAF ZA 남아프리카;South Africa|SSD SS 남수단;South Sudan|ESP ES 스페인;Spain|LKA LK 스리랑카;Sri Lanka|SDN SD 수단;Sudan
SUR SR 수리남;Suriname|SWE SE 스웨덴;Sweden|CHE CH 스위스;Switzerland|SYR SY 시리아;Syria;Syrian Arab Republic
TWN TW 대만;Taiwan;타이완;Taiwan (Province of China)|TJK TJ 타지키스탄;Tajikistan
TZA TZ 탄자니아;Tanzania;United Republic of Tanzania|THA TH 태국;Thailand|TLS TL 동티모르;Timor-Leste|TGO TG 토고;Togo
TON TO 통가;Tonga|TTO TT 트리니다드 토바고;Trinidad and Tobago|TUN TN 튀니지;Tunisia|TUR TR 튀르키예;Türkiye;터키;Turkey
TKM TM 투르크메니스탄;Turkmenistan|TUV TV 투발루;Tuvalu|UGA UG 우간다;Uganda|UKR UA 우크라이나;Ukraine
ARE AE 아랍에미리트;United Arab Emirates;아랍에미리트연합;UAE
GBR GB 영국;United Kingdom;United Kingdom of Great Britain and Northern Ireland;UK
USA US 미국;United States;United States of America;USA|URY UY 우루과이;Uruguay|UZB UZ 우즈베키스탄;Uzbekistan|VUT VU 바누아투;Vanuatu
VAT VA 바티칸;Holy See;Vatican City|VEN VE 베네수엘라;Venezuela;Venezuela (Bolivarian Republic of)|VNM VN 베트남;Viet Nam;Vietnam
YEM YE 예멘;Yemen|ZMB ZM 잠비아;Zambia|ZWE ZW 짐바브웨;Zimbabwe"""
# A line has countries: alpha-3 code, alpha-2 code, then names, the Korean one first, after it the usual English one.


class _Country(NamedTuple):
    code: str
    short: str
    names: tuple[str, ...]


_COUNTRIES = tuple(
    _Country(code, short, tuple(names.split(";")))
    for code, short, names in (entry.split(" ", 2) for entry in _NAMES.replace("\n", "|").split("|"))
)
_CODES = {name.casefold(): country.code for country in _COUNTRIES for name in country.names}
_CODES_BY_QUERY = _CODES | {
    name.casefold(): country.code for country in _COUNTRIES for name in (country.code, country.short)
}
_LABELS = {country.code: Bilingual(ko=country.names[0], en=country.names[1]) for country in _COUNTRIES}
CODES = frozenset(_LABELS)
"""Codes with known names."""


def get_code(name: str) -> str | None:
    """Return the alpha-3 code of a country by one of its names, in any case; `None` if it is unknown."""
    return _CODES.get(name.casefold())


def find_code(name: str) -> str | None:
    """Find the alpha-3 code by what a user may write: a name in either language, or a two- or three-letter code."""
    return _CODES_BY_QUERY.get(" ".join(name.split()).casefold())


def get_label(code: str, language: Language) -> str:
    """Return the usual name of the country with that code; the code itself if it has none."""
    return _LABELS[code].in_language(language) if code in _LABELS else code
