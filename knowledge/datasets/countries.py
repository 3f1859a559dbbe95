"""Country names as datasets write them, and their ISO 3166-1 alpha-3 codes.

Epoch AI writes the names of the UN's M49 list ("Korea (Republic of)") with a few short ones ("Russia", "Hong Kong"); both are
here, and the names that a later vintage may change to. Territories that the standard has codes for are places of their own.
"""

UNKNOWN = "ZZZ"
"""Stands for a country whose name is not known here; ISO 3166 leaves the code to its users."""
MULTINATIONAL = "multinational"
"""What Epoch AI writes, among countries, of a developer that it gives no country: it is none, and is left out of every count."""

_NAMES = """\
AFG Afghanistan|ALB Albania|DZA Algeria|AND Andorra|AGO Angola|ATG Antigua and Barbuda|ARG Argentina|ARM Armenia
AUS Australia|AUT Austria|AZE Azerbaijan|BHS Bahamas|BHR Bahrain|BGD Bangladesh|BRB Barbados|BLR Belarus|BEL Belgium
BLZ Belize|BEN Benin|BMU Bermuda|BTN Bhutan|BOL Bolivia;Bolivia (Plurinational State of)|BIH Bosnia and Herzegovina
BWA Botswana|BRA Brazil|BRN Brunei;Brunei Darussalam|BGR Bulgaria|BFA Burkina Faso|BDI Burundi|CPV Cabo Verde;Cape Verde
KHM Cambodia|CMR Cameroon|CAN Canada|CYM Cayman Islands|CAF Central African Republic|TCD Chad|CHL Chile
CHN China;People's Republic of China|COL Colombia|COM Comoros|COG Congo|COD Democratic Republic of the Congo
CRI Costa Rica|CIV Côte d'Ivoire;Côte d’Ivoire;Ivory Coast|HRV Croatia|CUB Cuba|CYP Cyprus|CZE Czechia;Czech Republic
DNK Denmark|DJI Djibouti|DMA Dominica|DOM Dominican Republic|ECU Ecuador|EGY Egypt|SLV El Salvador|GNQ Equatorial Guinea
ERI Eritrea|EST Estonia|SWZ Eswatini|ETH Ethiopia|FJI Fiji|FIN Finland|FRA France|GAB Gabon|GMB Gambia|GEO Georgia
DEU Germany|GHA Ghana|GIB Gibraltar|GRC Greece|GRD Grenada|GTM Guatemala|GIN Guinea|GNB Guinea-Bissau|GUY Guyana|HTI Haiti
HND Honduras|HKG Hong Kong;China, Hong Kong Special Administrative Region;Hong Kong SAR|HUN Hungary|ISL Iceland|IND India
IDN Indonesia|IRN Iran;Iran (Islamic Republic of)|IRQ Iraq|IRL Ireland|IMN Isle of Man|ISR Israel|ITA Italy|JAM Jamaica
JPN Japan|JEY Jersey|JOR Jordan|KAZ Kazakhstan|KEN Kenya|KIR Kiribati|KWT Kuwait|KGZ Kyrgyzstan
KOR Korea (Republic of);Republic of Korea;South Korea;Korea|PRK Korea (Democratic People's Republic of);North Korea
LAO Laos;Lao People's Democratic Republic|LVA Latvia|LBN Lebanon|LSO Lesotho|LBR Liberia|LBY Libya|LIE Liechtenstein
LTU Lithuania|LUX Luxembourg|MAC Macao;Macau|MDG Madagascar|MWI Malawi|MYS Malaysia|MDV Maldives|MLI Mali|MLT Malta
MHL Marshall Islands|MRT Mauritania|MUS Mauritius|MEX Mexico|FSM Micronesia|MDA Moldova;Republic of Moldova|MCO Monaco
MNG Mongolia|MNE Montenegro|MAR Morocco|MOZ Mozambique|MMR Myanmar|NAM Namibia|NRU Nauru|NPL Nepal
NLD Netherlands;Netherlands (Kingdom of the)|NZL New Zealand|NIC Nicaragua|NER Niger|NGA Nigeria|MKD North Macedonia
NOR Norway|OMN Oman|PAK Pakistan|PLW Palau|PSE Palestine;State of Palestine|PAN Panama|PNG Papua New Guinea|PRY Paraguay
PER Peru|PHL Philippines|POL Poland|PRT Portugal|PRI Puerto Rico|QAT Qatar|ROU Romania|RUS Russia;Russian Federation
RWA Rwanda|KNA Saint Kitts and Nevis|LCA Saint Lucia|VCT Saint Vincent and the Grenadines|WSM Samoa|SMR San Marino
STP Sao Tome and Principe|SAU Saudi Arabia|SEN Senegal|SRB Serbia|SYC Seychelles|SLE Sierra Leone|SGP Singapore
SVK Slovakia|SVN Slovenia|SLB Solomon Islands|SOM Somalia|ZAF South Africa|SSD South Sudan|ESP Spain|LKA Sri Lanka
SDN Sudan|SUR Suriname|SWE Sweden|CHE Switzerland|SYR Syria;Syrian Arab Republic|TWN Taiwan;Taiwan (Province of China)
TJK Tajikistan|TZA Tanzania;United Republic of Tanzania|THA Thailand|TLS Timor-Leste|TGO Togo|TON Tonga
TTO Trinidad and Tobago|TUN Tunisia|TUR Türkiye;Turkey|TKM Turkmenistan|TUV Tuvalu|UGA Uganda|UKR Ukraine
ARE United Arab Emirates;UAE|GBR United Kingdom of Great Britain and Northern Ireland;United Kingdom;UK
USA United States of America;United States;USA|URY Uruguay|UZB Uzbekistan|VUT Vanuatu|VAT Holy See;Vatican City
VEN Venezuela;Venezuela (Bolivarian Republic of)|VNM Viet Nam;Vietnam|YEM Yemen|ZMB Zambia|ZWE Zimbabwe"""

_CODES = {name.casefold(): entry[:3] for entry in _NAMES.replace("\n", "|").split("|") for name in entry[4:].split(";")}
CODES = frozenset(_CODES.values())
"""The codes that names are known for."""


def code(name: str) -> str | None:
    """The alpha-3 code of a country by a name of it, whatever its case; `None` if no country is known by it."""
    return _CODES.get(name.casefold())
