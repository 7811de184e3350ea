"""Words that are rude in one language and plain in another fire in their own language only."""

from __future__ import annotations

import pytest

from culture_lint.knowledge.runtime import Knowledge
from culture_lint.sources.items import Role
from tests.conftest import Check, checker

MARKETS = "AE,BR,CN,DE,IN,JP,MX,SA,US"
RUDE = frozenset({"profanity", "naming", "discrimination", "history", "death"})

PLAIN = [
    ("en", "A lovely gift for mum, wrapped and ready to send."),
    ("en", "Fine mist spray bottle for plants in the house."),
    ("en", "Be kind to your skin with this soft cream."),
    ("en", "A warm coat for your tot with a soft hood."),
    ("en", "Puff sleeves and a soft collar on this dress."),
    ("en", "Rock the party in this bright red skirt."),
    ("en", "A bright lamp for the hall and stairs."),
    ("de", "Die Lampe ist sehr hell und sparsam im Verbrauch."),
    ("de", "Ein guter Rat für alle Gärtner und ihre Pflanzen."),
    ("de", "Für jedes Kind ein warmer Mantel mit Kapuze."),
    ("de", "Gute Fahrt mit diesem bequemen Sitz im Auto."),
    ("sv", "Cykeln går i full fart hela vägen hem till byn."),
    ("sv", "Rean tar slut på söndag, så passa på att handla nu."),
    ("da", "Tilbuddet er slut på søndag, så skynd dig at købe."),
    ("de", "Der Teppich ist dick und weich, ideal für den Flur."),
    ("de", "Pflegt die Haut und beruhigt sie nach der Rasur."),
    ("de", "Der Arm der Lampe ist frei beweglich und stabil."),
    ("fr", "Un manteau chaud avec une doublure en laine douce."),
    ("es", "Yo pinto la mesa con esta pintura blanca y mate."),
    ("es", "El burro de planchar es plegable y muy ligero."),
    ("it", "Biscotti al burro fatti a mano con farina italiana."),
    ("it", "Senza conservanti, solo olio extravergine di oliva."),
    ("en", "Free from preservatives, made with real fruit."),
    ("fr", "Sans conservateur, préparé à la main en Bretagne."),
    ("fr", "Un gâteau au chocolat à partager en famille ce soir."),
    ("en", "Crisp in every bite, with real chocolate chips."),
    ("fr", "Accessoires pour animaux de la maison et du jardin."),
    ("en", "A soft bed for your pet, washable and warm."),
    ("nl", "Een warme pet voor de winter met zachte voering."),
    ("en", "Sturdy bag for the gym and the office."),
    ("pt", "Quadro decorativo para o quarto das crianças."),
    ("pt", "Vestido leve para o verão, em algodão macio."),
    ("es", "Talla once, color azul y botones de madera."),
    ("en", "Worn once, this coat becomes a favourite."),
    ("fr", "Litière pour chat, sans poussière et sans odeur."),
    ("en", "Chat with friends while you cook dinner."),
    ("de", "Ohne Gift und ohne Zusätze für den Garten."),
    ("en", "Not bad for a small bag: it holds it all."),
    ("de", "Badematte für das Bad, weich und rutschfest."),
    ("fr", "Planche à pain en bois de hêtre massif."),
    ("en", "Relieves pain in the back and neck quickly."),
    ("es", "Protege el pie y el tobillo en la montaña."),
    ("en", "A pie dish for the whole family, oven safe."),
    ("fr", "Table d'angle pour le coin du salon, en chêne."),
    ("nl", "Elke kok houdt van dit scherpe mes van staal."),
    ("nl", "De lamp die iedereen wil hebben in zijn kamer."),
    ("de", "Die Tasche ist groß genug für alle deine Bücher."),
    ("en", "Colours to die for on this summer dress."),
    ("es", "Un mono azul de trabajo con bolsillos amplios."),
    ("en", "Mono print tee in a relaxed fit."),
    ("it", "Un cappotto caldo con fodera morbida di lana."),
    ("it", "Camicia nera da uomo con colletto classico."),
    ("es", "Zapatos de color negro, cómodos y elegantes."),
    ("es", "Camisa negra de algodón con cuello clásico."),
    ("pt", "Camisa negra de algodão com gola clássica."),
    ("es", "Una reputada marca de bolsos hechos a mano."),
    ("en", "Pick your colour and your size today."),
    ("fi", "Sisältää yhden pussin kahvia ja kauniin mukin."),
    ("sv", "En puss på kinden till alla som handlar här."),
    ("pl", "Dobry fart i piękny dzień z naszą nową torbą."),
    ("fr", "Peluche de phoque toute douce pour les enfants."),
    ("fr", "Confiture de figue préparée avec amour chez nous."),
    ("es", "Un cono de helado de juguete para los niños."),
    ("es", "Garantía de un ano en todos nuestros productos."),
    ("es", "Garantía de dos años en todos nuestros productos."),
    ("pt", "Brinquedo de polvo em pelúcia macia para bebés."),
    ("es", "Quita el polvo de los muebles sin esfuerzo."),
    ("it", "Una cazzuola robusta per il muratore esperto."),
    ("it", "Un fico secco dolce e naturale dalla Calabria."),
    ("de", "Schmuck aus Silber für Damen, handgefertigt."),
    ("de", "Bild vom Kölner Dom, gedruckt auf Leinwand."),
    ("tr", "Bu çanta çok şık ve her gün kullanım için ideal."),
    ("tr", "Bu çanta çok şık ve her gün kullanım için uygundur."),
    ("en", "Never get sick at sea with this band."),
    ("nl", "Een warme deken voor de bank, zacht en licht."),
    ("de", "Der Stoff ist weich und angenehm zu tragen."),
    ("en", "Copper (Cu) bottle with a matte finish."),
    ("de", "Sauberer Schnitt für jedes Papier im Büro."),
    ("ja", "バカラのグラス、ギフト箱入り。"),
    ("zh", "这款水杯很好看，适合送给朋友们。"),
    ("id", "Tas kulit asli untuk pria dan wanita dewasa."),
    ("id", "Kipas angin kecil untuk meja kerja di kantor."),
    ("pt", "Pau de selfie leve e resistente para viagens."),
    ("es", "Salsa que no pica, ideal para los niños de la casa."),
    ("es", "Salsa de chile rojo hecha en casa, muy rica."),
    ("pt", "Bichinho de pelúcia para o quarto do bebê."),
    ("es", "Bicho bola de peluche, juguete para niños."),
    ("es", "Concha de mar decorativa para el baño y sala."),
    ("es", "Figura de pollo de cerámica para la cocina."),
    ("it", "Un pompelmo rosa dolce e succoso di Sicilia."),
    ("nl", "Een slim horloge met lange batterijduur."),
    ("en", "Slim fit shirt with a button collar."),
]


@pytest.fixture(scope="module")
def look(builtin: Knowledge) -> Check:
    """Check a text with the built-in rulesets."""
    return checker(builtin)


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "detected"])
@pytest.mark.parametrize(("language", "text"), PLAIN)
def test_a_plain_word_is_plain_in_every_market(
    look: Check, language: str, text: str, declared: bool
) -> None:
    report = look(text, markets=MARKETS, language=language if declared else None)
    assert [(one.rule, one.text) for one in report.findings if one.category in RUDE] == []


@pytest.mark.parametrize(
    ("language", "market", "role", "text", "word"),
    [
        ("es", "MX", Role.DESCRIPTION, "Asa ergonómica, fácil de coger con una mano.", "coger"),
        ("pt", "BR", Role.TITLE, "Mochila infantil Pinto, azul.", "Pinto"),
        ("de", "DE", Role.TITLE, "Parfüm Mist, 50 ml, für Damen", "Mist"),
        ("de", "DE", Role.TITLE, "Parfüm Gift, 50 ml, für Damen", "Gift"),
        ("de", "DE", Role.TITLE, "Kinderjacke Puff, blau, warm gefüttert", "Puff"),
        ("es", "MX", Role.TITLE, "Nissan Moco, azul, rines de aluminio", "Moco"),
    ],
)
def test_the_same_word_fires_in_its_own_language(
    look: Check, language: str, market: str, role: Role, text: str, word: str
) -> None:
    report = look(text, markets=market, language=language, role=role)
    assert word in [one.text for one in report.findings if one.category in RUDE]


@pytest.mark.parametrize("language", ["fr", "nl", "sv"])
@pytest.mark.parametrize("word", ["Pinto", "Mist", "Gift", "Puff", "Moco"])
def test_a_name_of_one_language_is_none_of_another(look: Check, language: str, word: str) -> None:
    report = look(f"{word}, 50 ml", markets="BR,DE,MX", language=language, role=Role.TITLE)
    assert [one.text for one in report.findings if one.category in RUDE] == []
