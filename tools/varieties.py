"""Write data/varieties.json of culture_lint/language: words of one variety of a language.

English: the word pairs of breame (Apache-2.0), less those that both varieties write. Chinese: the
characters and the Taiwan phrases of OpenCC (Apache-2.0). Spanish, Portuguese, German: the short
lists below, after the dictionaries that docs/locale.md names. breame is needed here only
(`pip install breame`), not to lint.
"""

# ruff: noqa: SIM905 -- word lists are read as prose
from __future__ import annotations

import json
import re
from pathlib import Path

import opencc
from breame.data.spelling_constants import BRITISH_ENGLISH_SPELLINGS

DATA = Path(__file__).parents[1] / "culture_lint/language/data/varieties.json"

#: Which variety a country writes; where a country is not named, nothing is held against copy.
HOMES = {
    "en": {"US": "us"} | dict.fromkeys("GB IE AU NZ IN ZA NG KE SG HK MY".split(), "gb"),
    "pt": {"BR": "br", "PT": "pt"},
    "es": {"ES": "es"} | dict.fromkeys("MX AR CO CL PE US".split(), "latam"),
    "zh": {"CN": "hans", "SG": "hans", "MY": "hans", "TW": "hant", "HK": "hant"},
    "de": {"DE": "de", "AT": "de", "CH": "ch"},
}
#: Where the everyday words differ too, not just the script.
WORDS = {"zh": {"CN": "cn", "TW": "tw"}}

#: British spellings that American copy writes too.
BOTH = set(
    """aesthetic aesthetically aesthetics aesthete aesthetes analogue analogues archaeological
    archaeologically archaeologist archaeologists archaeology axe bannister bannisters baulk baulked
    baulking baulks bevvies bevvy bingeing buses busing cancellation cancellations catalogue
    catalogued catalogues cataloguing chilli councillor councillors dialogue dialogues disc discs
    draught draughts epaulette epaulettes epilogue epilogues fillet fillets filleted filleting gases
    gauge gauged gauges gauging gramme grammes grey greys greyed greying greyish greyness groyne
    groynes judgement likeable louvre louvres louvred minibuses monologue monologues moustache
    moustached moustaches omelette omelettes phoney philtre philtres pouffe pouffes practise
    practises practised practising programme programmes prologue prologues pummelled pummelling sheikh
    syphon syphoned syphoning syphons tonne tonnes travelogue travelogues videodisc videodiscs
    waggon waggons worshipped worshipper worshipping yoghourt yoghourts yoghurt yoghurts glueing
    gryphon gryphons sabre sabres licence licences licenced licencing theatre theatres bougainvillaea
    bougainvillaeas callisthenics exorcise exorcised exorcises exorcising duelled duelling
    misspelt cancelled cancelling sepulchre sepulchres almanack almanacks impanelled glamour glamorous storey storeys instal instals gipsies gypsies coloureds
    councillor counsellor counsellors counselled counselling prise prised prises prising advertise
    enamoured caesarean caesareans inflexion inflexions connexion connexions snowploughs
    crenellated mediaeval primaeval ageing sceptre sceptres spectre spectres mitre mitres
    tricolour tricolours tasselled woollies technicolour saviour savioured saviours
    gaols gaol gaoled gaoler gaolers gaoling bedevilled tranquillity tranquilly bevelled""".split()
)
#: American spellings that British copy writes too, or that are other words there.
ALSO_BRITISH = set(
    """analog analogs appall artifact artifacts ax balk balked balking balks banister banisters
    battleax bevies bevy binging busses bussing caliper calipers cancelation cancelations catalog
    catalogs cataloged cataloging cesarean cesareans checkbook checkbooks checkered chili chimera
    chimeras connection connections coreless councilor councilors dialog dialogs disk disks distill
    distills draft drafty draftier draftiest drafts epilog epilogs eon eons epaulet epaulets fetal
    fetid fetus fetuses filet filets fileted fileting filter filters flutist flutists fulfill
    fulfills fulfillment gage gaged gages gaging gasses gluing gram grams griffin griffins groin
    groins gypsies homeopath homeopathic homeopaths homeopathy inflection inflections install
    installs instill instills jail jailed jailer jailers jailing jails jailbird jailbirds jailbreak
    jailbreaks judgment license licensed licenses licensing likable louver louvers louvered medieval
    meter meters misspelled miter miters molder moldered moldering molders monolog monologs
    omelet omelets phony pouf poufs practice practiced practices practicing primeval program
    programs prolog prologs pummel pummeled recognizance sheik siphon siphoned siphoning siphons
    sulfate sulfates sulfide sulfides sulfur sulfurous story stories ton tons tire tires
    tranquility tranquilly videodisk videodisks wagon wagons yogurt yogurts savior saviors
    humor glamor aging crenelated wooly woolies archeology archeological archeologist archeologists
    archeologically esthete esthetes pzazz pizzazz snowplow harbor harbors labor labors armor
    esthetic esthetics esthetically maneuver center centered centers misspelled micrometer
    micrometers aerogram aerograms odor odors biased calisthenics encyclopedia encyclopedias encyclopedic
    kilogram kilograms milligram milligrams centigram centigrams organizational almanac almanacs
    bougainvillea bougainvilleas behoove behooved behooves enroll enrolls enthrall enthralls appalls
    minibusses pederast pederasts tricolor tricolors technicolor presidium rigor rigors sepulcher
    sepulchers succor succored succoring succors specter specters saber sabers coloreds travelog travelogs""".split()
) - set("center centered centers odor odors humor maneuver wooly armor".split())
EXTRA_BRITISH = {
    "grey": "", "jewellery": "jewelry", "colourway": "colorway", "colourways": "colorways",
    "moisturising": "moisturizing", "multicolour": "multicolor", "multicoloured": "multicolored",
    "colourfast": "colorfast", "colourfastness": "colorfastness", "accessorise": "accessorize",
    "personalised": "personalized", "personalise": "personalize", "personalisation": "personalization",
    "personalising": "personalizing", "customisable": "customizable", "customisation": "customization",
    "odour": "odor", "odours": "odors", "odourless": "odorless", "flavoursome": "flavorful",
    "aluminium": "aluminum", "cosy": "cozy", "pyjamas": "pajamas", "pyjama": "pajama",
    "centimetre": "centimeter", "kerb": "", "anodised": "anodized", "galvanised": "galvanized",
    "pressurised": "pressurized", "stylised": "stylized", "motorised": "motorized",
    "favourites": "favorites", "neighbour": "neighbor", "neighbours": "neighbors",
    "optimised": "optimized", "optimise": "optimize", "fibreglass": "fiberglass", "sulphate": "",
}  # fmt: skip
EXTRA_AMERICAN = {
    "gray": "grey", "colorway": "colourway", "colorways": "colourways", "multicolor": "multicolour",
    "multicolored": "multicoloured", "colorfast": "colourfast", "odorless": "odourless",
    "flavorful": "flavoursome", "grayish": "greyish",
}  # fmt: skip

SPAIN = {
    "vosotros": "ustedes", "vosotras": "ustedes", "vuestro": "su", "vuestra": "su",
    "vuestros": "sus", "vuestras": "sus", "tu ordenador": "tu computadora",
    "el ordenador": "la computadora", "al ordenador": "a la computadora",
    "su ordenador": "su computadora", "ordenador portátil": "laptop",
    "ordenadores portátiles": "laptops", "zumo": "jugo", "zumos": "jugos", "patata": "papa",
    "patatas": "papas", "bañador": "traje de baño", "bañadores": "trajes de baño",
    "chándal": "conjunto deportivo", "albornoz": "bata de baño", "tu móvil": "tu celular",
    "el móvil": "el celular", "funda de móvil": "funda de celular",
    "funda para móvil": "funda para celular", "mando a distancia": "control remoto",
    "pantalones vaqueros": "jeans", "melocotón": "durazno", "melocotones": "duraznos",
}  # fmt: skip
AMERICA = {
    "computadora": "ordenador", "computadoras": "ordenadores", "teléfono celular": "móvil",
    "teléfonos celulares": "móviles", "tu celular": "tu móvil", "el celular": "el móvil",
    "para celular": "para móvil", "para celulares": "para móviles", "funda de celular": "funda de móvil",
    "papas fritas": "patatas fritas", "lentes de sol": "gafas de sol", "laptop": "portátil",
    "laptops": "portátiles", "durazno": "melocotón", "duraznos": "melocotones",
    "chamarra": "cazadora", "chamarras": "cazadoras", "cobija": "manta", "cobijas": "mantas",
    "alberca": "piscina", "jitomate": "tomate", "popote": "pajita", "popotes": "pajitas",
    "piyama": "pijama", "piyamas": "pijamas", "aretes": "pendientes", "remera": "camiseta",
    "remeras": "camisetas", "mouse inalámbrico": "ratón inalámbrico",
}  # fmt: skip
#: Portuguese, Portugal = Brazil. Spellings that the agreement of 1990 leaves apart ...
PORTUGUESE = """ténis=tênis bebé=bebê bebés=bebês cómodo=cômodo cómoda=cômoda cómodos=cômodos cómodas=cômodas
    prémio=prêmio prémios=prêmios bónus=bônus género=gênero géneros=gêneros económico=econômico económica=econômica
    económicos=econômicos económicas=econômicas húmido=úmido húmida=úmida húmidos=úmidos húmidas=úmidas
    eletrónico=eletrônico eletrónica=eletrônica eletrónicos=eletrônicos eletrónicas=eletrônicas
    ergonómico=ergonômico ergonómica=ergonômica ergonómicos=ergonômicos ergonómicas=ergonômicas
    tónico=tônico facto=fato factos=fatos contacto=contato contactos=contatos registo=registro registos=registros
    autónomo=autônomo autónoma=autônoma sinfónico=sinfônico anatómico=anatômico anatómica=anatômica"""
#: ... and words.
PORTUGUESE_WORDS = """telemóvel=celular|telemóveis=celulares|ecrã=tela|ecrãs=telas|autocarro=ônibus|autocarros=ônibus
    |casa de banho=banheiro|pequeno-almoço=café da manhã|desporto=esporte|desportivo=esportivo|desportiva=esportiva
    |desportivos=esportivos|desportivas=esportivas|utilizador=usuário|utilizadores=usuários|camião=caminhão
    |biberão=mamadeira|biberões=mamadeiras|em stock=em estoque|auscultadores=fones de ouvido|trotinete=patinete
    |equipa=equipe|chávena=xícara|chávenas=xícaras|ficheiro=arquivo|ficheiros=arquivos|planear=planejar
    |fato de banho=maiô"""
#: Right in Portugal's copy too, or another word there.
NOT_BRAZILIAN = {
    "fato",
    "fatos",
    "tela",
    "telas",
    "celular",
    "celulares",
    "arquivo",
    "arquivos",
    "patinete",
    "em estoque",
}
SWISS = """Grösse=Größe Grössen=Größen Grössentabelle=Größentabelle gross=groß grosse=große grosser=großer grosses=großes
    grossen=großen grossem=großem grösser=größer grössere=größere weiss=weiß weisse=weiße weisser=weißer weisses=weißes
    weissen=weißen heiss=heiß heisse=heiße heissen=heißen heisses=heißes süss=süß süsse=süße süsser=süßer süsses=süßes
    süssen=süßen Strasse=Straße Strassen=Straßen Fuss=Fuß Füsse=Füße Füssen=Füßen Fussball=Fußball barfuss=barfuß
    draussen=draußen ausserdem=außerdem ausser=außer aussen=außen Aussen=Außen Aussenseite=Außenseite äusserst=äußerst
    schliesst=schließt schliessen=schließen Verschliessen=Verschließen geniessen=genießen geniesst=genießt
    Spass=Spaß fliessend=fließend regelmässig=regelmäßig regelmässige=regelmäßige gemäss=gemäß gleichmässig=gleichmäßig
    Fliessen=Fließen giessen=gießen Giesskanne=Gießkanne dreissig=dreißig"""
#: Mainland words that readers in Taiwan know for such, of the phrases of OpenCC.
MAINLAND = """軟件 硬件 視頻 鼠標 打印機 打印 屏幕 觸摸屏 筆記本電腦 U盤 硬盤 移動硬盤 移動電話 內存 互聯網 網絡 芯片
    人工智能 激光 塑料 納米 出租車 奶酪 短信 音頻 服務器 默認 高清 分辨率 空氣淨化器 內置 外置 操作系統 兼容 榴蓮 寬帶
    顯卡 主板 便攜式 臺式機""".split()
#: Of their Taiwan counterparts, those that the mainland does not write.
TAIWANESE = """軟體 硬體 滑鼠 印表機 螢幕 觸控式螢幕 筆記型電腦 隨身碟 硬碟 行動硬碟 行動電話 記憶體 網際網路
    網路 人工智慧 雷射 奈米 計程車 伺服器 作業系統 空氣清淨機 桌上型電腦 榴槤""".split()


#: With a capital these may be a name, even in a title: “Space Gray”, “Center Parcs” ...
NAMES = """center centers centre centres theater theaters gray grays harbor honor honors honour honours armor
    armour valor valour labor labour defense defence neighbor neighbors neighbour neighbours vigor vigour
    splendor splendour candor candour ardor ardour parlor parlour arbor arbour favor favour jeweler jewelers
    jeweller jewellers lustre luster"""
#: ... but not after these ...
PLAIN_BEFORE = "multi solid two dual full single light dark pale heather charcoal slate"
#: ... and any word is part of a name before these: “Color Riche”, “Colour Icon”.
NAME_AFTER = "riche sensational icon tattoo wow club pop street run kitchen crush wonder"


def main() -> None:
    """Write the file."""
    words = {
        "en": english(),
        "es": {"latam": SPAIN, "es": AMERICA},
        "pt": portuguese(),
        "zh": chinese_words(),
        "de": {"de": pairs(SWISS), "ch": {}},
    }
    data = {
        "homes": HOMES,
        "word_homes": WORDS,
        "words": words,
        "spellings": {"pt": sorted(pairs(PORTUGUESE)) + sorted(pairs(PORTUGUESE).values())},
        "letters": characters(),
        "names": {
            "words": NAMES.split(),
            "plain_before": PLAIN_BEFORE.split(),
            "after": NAME_AFTER.split(),
        },
    }
    text = json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True)
    DATA.write_text(text + "\n", "utf-8")


def english() -> dict[str, dict[str, str]]:
    """Return British words with their American spelling, and the reverse."""
    british = {b: a for b, a in BRITISH_ENGLISH_SPELLINGS.items() if b not in BOTH and b != a}
    british |= EXTRA_BRITISH
    american = {
        a: b
        for b, a in BRITISH_ENGLISH_SPELLINGS.items()
        # Oxford spelling has -ize, and so has much British copy; -yse is British alone.
        if a not in ALSO_BRITISH
        and not re.search(r"iz(e|ed|es|er|ers|ing|ingly|able|ably|ation|ations)$", a)
    }
    american |= EXTRA_AMERICAN
    return {
        "us": {word: said for word, said in sorted(british.items()) if said},
        "gb": dict(sorted(american.items())),
    }


def pairs(listed: str, between: str | None = None) -> dict[str, str]:
    """Return ``a=b`` pairs as a dictionary."""
    return dict(one.strip().split("=") for one in listed.split(between) if one.strip())


def portuguese() -> dict[str, dict[str, str]]:
    """Return what is foreign in Brazil and in Portugal."""
    both = pairs(PORTUGUESE) | pairs(PORTUGUESE_WORDS, "|")
    back = {brazil: portugal for portugal, brazil in both.items() if brazil not in NOT_BRAZILIAN}
    return {"br": both, "pt": back | {"geladeira": "frigorífico", "suco": "sumo", "sucos": "sumos"}}


def chinese_words() -> dict[str, dict[str, str]]:
    """Return mainland words in Taiwan's characters, and Taiwan's words in simplified ones."""
    to_taiwan, to_mainland = opencc.OpenCC("s2twp"), opencc.OpenCC("tw2sp")
    simple, plain = opencc.OpenCC("t2s"), opencc.OpenCC("t2tw")
    taiwan = {plain.convert(one): to_taiwan.convert(simple.convert(one)) for one in MAINLAND}
    mainland = {simple.convert(one): to_mainland.convert(one) for one in TAIWANESE}
    return {
        "tw": {one: said for one, said in taiwan.items() if one != said},
        "cn": {one: said for one, said in mainland.items() if one != said},
    }


def characters() -> dict[str, str]:
    """Return the characters that only simplified or only traditional Chinese is written with."""
    simple, traditional = opencc.OpenCC("t2s"), opencc.OpenCC("s2t")
    found: dict[str, list[str]] = {"hans": [], "hant": []}
    for number in range(0x4E00, 0x9FA6):
        char = chr(number)
        in_big5, in_gb = _encodes(char, "big5"), _encodes(char, "gb2312")
        # "foreign in": a traditional character in simplified text, and the reverse
        if in_big5 and not in_gb and simple.convert(char) != char:
            found["hans"].append(char)
        elif in_gb and not in_big5 and traditional.convert(char) != char:
            found["hant"].append(char)
    return {script: "".join(chars) for script, chars in found.items()}


def _encodes(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()
