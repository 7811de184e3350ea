"""Formats: each is known by its columns, and each column becomes what it is for."""

from __future__ import annotations

import pytest

from culture_lint.sources.names import key, readings
from culture_lint.sources.schemas import attribute_name, best_schema, schemas

from .helpers import brief, read, texts

FORMATS = {
    "Shopify product export": "Handle,Title,Body (HTML),Vendor,Tags,Option1 Name,Option1 Value",
    "Shopify translation export": "Type,Identification,Field,Locale,Market,Status,Default content,Translated content",
    "WooCommerce product export": "ID,Type,SKU,Name,Published,Is featured?,Visibility in catalog,Description",
    "WooCommerce product export (Russian)": "ID,Тип,Артикул,Имя,Короткое описание,Описание,Базовая цена",
    "Amazon flat file": "sku,product-name,brand,bullet-point1,bullet-point2,item-price",
    "Amazon listings report": "item-name,item-description,listing-id,seller-sku,price,asin1",
    "Amazon listing template": "contribution_sku#1.value,item_name[marketplace_id=A1PA6795UKMFR9][language_tag=de_DE]#1.value",
    "eBay file exchange": "*Action(SiteID=US|Country=US|Currency=USD|Version=1193),CustomLabel,*Title,*Description",
    "Etsy listings download": "TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,TAGS,MATERIALS,IMAGE1",
    "Magento 2 product export": "sku,store_view_code,attribute_set_code,product_type,name,description",
    "Magento 1 product export": "sku,_store,_attribute_set,_type,name,description",
    "PrestaShop product import": "Product ID,Active (0/1),Name *,Categories (x;y;z...),Description",
    "BigCommerce product export": "Item Type,Product ID,Product Name,Product Code/SKU,Product Description",
    "Wix stores catalogue": "handleId,fieldType,name,description,ribbon",
    "Squarespace product export": "Product ID [Non Editable],Product Type [Non Editable],Title,Description",
    "Akeneo export": "sku,family,categories,name-en_US,name-de_DE,description-en_US-ecommerce",
    "commercetools product export": "key,productType,name.en,name.de,description.de,slug.en",
    "OpenCart product export": "product_id,name(en-gb),name(de-de),model,description(en-gb)",
    "Rakuten RMS item file": "商品管理番号（商品URL）,商品番号,商品名,キャッチコピー,商品画像名（ALT）1",
    "Yahoo! Shopping Japan item file": "path,name,code,headline,caption,abstract,explanation,jan",
    "EC-CUBE product export": "商品ID,公開ステータス(ID),商品名,商品説明(一覧)",
    "Ozon seller report": "Артикул,Наименование товара,Barcode",
    "Tmall crawl": "_id,keyword,good_url,price,describe,shop",
    "Korean marketplace crawl": "상품명,가격,평점,리뷰",
    "Indian marketplace catalogue": "ProductID,ProductName,ProductBrand,Price (INR)",
    "Google Merchant feed": "id,title,description,link,image_link,availability,price",
    "Meta catalogue": "id,title,description,link,image_link,price,fb_product_category",
    "Pinterest catalogue": "id,title,description,link,image_link,price,adwords_redirect",
    "Yandex Market feed": "id,name,url,price,currencyId,categoryId,vendor,description",
    "RSS feed": "title,link,description,pubDate,guid",
    "Atom feed": "id,title,link,updated,summary",
    "AI-shopping feed": "item_id,item_group_title,title,is_eligible_search,target_countries",
}


@pytest.mark.parametrize(("name", "header"), FORMATS.items(), ids=FORMATS)
def test_a_format_is_known_by_its_columns(name, header):
    _, schema = best_schema(
        [f" {cell.upper()}" if cell.isascii() else cell for cell in header.split(",")]
    )
    plain = best_schema(header.split(","))[1]
    assert plain is not None
    assert plain.name == name
    assert schema is plain


def test_every_format_has_a_test():
    assert {schema.name for schema in schemas()} <= set(FORMATS) | {
        "PrestaShop combinations import",
        "PrestaShop categories import",
        "EC-CUBE product table",
    }


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Bezeichnung", "title"), ("Titre", "title"), ("título", "title"), ("nome prodotto", "title"),
        ("Naam", "title"), ("nazwa", "title"), ("Ürün Adı", "title"), ("Название", "title"),
        ("اسم المنتج", "title"), ("उत्पाद का नाम", "title"), ("nama produk", "title"),
        ("ชื่อสินค้า", "title"), ("tên sản phẩm", "title"), ("商品名", "title"), ("상품명", "title"),
        ("宝贝名称", "title"), ("商品名稱", "title"), ("Item_Title*", "title"),
        ("Beschreibung", "description"), ("описание", "description"), ("詳情", "description"),
        ("Product Description (HTML)", "description"), ("Schlagworte", "tag"), ("Bullet 3", "bullet"),
        ("Image Alt Text", "alt"), ("Marke", "brand"), ("Couleur", "attribute"), ("材质", "attribute"),
    ],
)  # fmt: skip
def test_header_words_of_every_language_are_known(header, role):
    items, _ = read(f"xyz,{header},name\nq,Some text here,Tea\n")
    assert role in {one.role.value for one in items[0].segments if one.text == "Some text here"}


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("name-en_US", "en-US"), ("description-de_DE-ecommerce", "de-DE"), ("name.de", "de"),
        ("name(en-gb)", "en-GB"), ("title_fr", "fr"), ("title (zh-Hant)", "zh-Hant"),
        ("item_name[marketplace_id=A1PA6795UKMFR9][language_tag=de_DE]#1.value", "de-DE"),
    ],
)  # fmt: skip
def test_a_column_name_carries_its_language(name, language):
    items, _ = read(f"sku,{name}\n1,Tea cup\n")
    assert [one.language for one in items[0].segments] == [language]


@pytest.mark.parametrize("name", ["product_id", "name_id", "weight (kg)", "is_new", "volume ml"])
def test_other_endings_are_no_language(name):
    assert {reading.language for reading in readings(name)} == {None}


def test_spellings_of_a_name_are_one():
    same = ["Bullet-Point1", "bullet_point 7", "BulletPoint2 *", "\ufeff bullet point 3#"]
    assert len({key(name) for name in same}) == 1


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        ("Farbe", "colour"), ("COLOR", "colour"), ("Couleur", "colour"), ("颜色", "colour"),
        ("代表カラー", "colour"), ("Primary Color", "colour"), ("Matière", "material"),
        ("Renk (product.metafields.shopify.color-pattern)", "colour"), ("C:Material", "material"),
        ("Muster", "pattern"), ("サイズ", "size"), ("Roast level", "roast level"),
    ],
)  # fmt: skip
def test_attributes_have_one_name(name, attribute):
    assert attribute_name(name) == attribute


def test_shopify_options_and_variants():
    header = "Handle,Title,Body (HTML),Tags,Option1 Name,Option1 Value,Variant SKU,Variant Price"
    text = header + (
        '\ncup,Cup,<p>Fine</p>,"red, tea",Color,White,S1,4.00\ncup,,,,,Red,S2,4.00\ncup,,,,,,,\n'
        "bag,Bag,,,Title,Default Title,S4,\n"
    )
    items, notices = read(text)
    assert notices[0].message.startswith("read as Shopify product export: id=Handle")
    assert [item.item for item in items] == ["cup", "S2", "cup", "bag"]
    assert brief(items[0].segments) == [
        ("title", None, "Cup"),
        ("description", None, "Fine"),
        ("tag", None, "red"),
        ("tag", None, "tea"),
        ("attribute", "colour", "White"),
        ("price", None, "4.00"),
    ]
    assert brief(items[1].segments) == [("attribute", "colour", "Red"), ("price", None, "4.00")]
    assert texts(items[3]) == ["Bag"]


def test_shopify_translations_take_role_and_language_from_the_row():
    text = FORMATS["Shopify translation export"] + (
        "\nPRODUCT,7,title,de,AT,,Cup,Tasse\nPRODUCT,7,handle,de,,,cup,tasse\n"
        "PRODUCT,7,meta_title,de,,,Cup,Tasse kaufen\n"
    )
    items, _ = read(text)
    assert [(item.item, item.language, brief(item.segments)) for item in items] == [
        ("7", "de", [("title", None, "Tasse")]),
        ("7", "de", []),
        ("7", "de", [("subtitle", None, "Tasse kaufen")]),
    ]


def test_amazon_templates_have_lines_above_the_header():
    text = (
        "TemplateType=Clothing\tVersion=1.4\t\t\t\n"
        "Seller SKU\tProduct Name\tBullet\tBullet\tPrice\n"
        "item_sku\titem_name\tbullet_point1\tbullet_point2\tstandard_price\n"
        "7\tCup\tfine\tred\t3.50\n"
    )
    items, notices = read(text, "listing.txt")
    assert texts(items[0]) == ["Cup", "fine", "red", "3.50"]
    assert [item.line for item in items] == [4]
    assert "line 3" in notices[1].message


def test_an_amazon_marketplace_in_the_header_is_the_market():
    items, _ = read(FORMATS["Amazon listing template"] + "\nS1,Tasse\n")
    assert items[0].markets == ("DE",)
    assert items[0].segments[0].language == "de-DE"


def test_ebay_names_its_site_and_comments():
    text = (
        "*Action(SiteID=Germany|Country=DE|Currency=EUR|Version=1193),CustomLabel,*Title,C:Farbe\n"
        "#INFO,a comment,,\nAdd,7,Rotes Kleid,rot\n"
    )
    items, _ = read(text)
    assert len(items) == 1
    assert (items[0].item, items[0].markets) == ("7", ("DE",))
    assert brief(items[0].segments) == [
        ("title", None, "Rotes Kleid"),
        ("attribute", "colour", "rot"),
    ]


def test_etsy_underscores_are_blanks():
    text = FORMATS["Etsy listings download"] + '\nCup,Fine,3,USD,"tea_time,red_cup",clay,\n'
    segments = read(text)[0][0].segments
    assert texts(read(text)[0][0], "tag") == ["tea time", "red cup"]
    assert segments[3].places.source(0, 8) == "tea_time"
    assert brief(segments)[-1] == ("attribute", "material", "clay")


def test_magento_store_views_translate_the_row_above():
    text = FORMATS["Magento 2 product export"] + "\n7,,Default,simple,Cup,Fine\n7,de,,,Tasse,\n"
    items, _ = read(text)
    assert [(item.item, item.language, texts(item)) for item in items] == [
        ("7", None, ["Cup", "Fine"]),
        ("7", "de", ["Tasse"]),
    ]


def test_magento_attribute_lists_are_taken_apart():
    text = "sku,attribute_set_code,product_type,store_view_code,name,additional_attributes\n"
    text += '7,Default,simple,,Cup,"color=Navy Blue,material=Clay, fired,pattern=Dots"\n'
    assert brief(read(text)[0][0].segments)[1:] == [
        ("attribute", "colour", "Navy Blue"),
        ("attribute", "material", "Clay, fired"),
        ("attribute", "pattern", "Dots"),
    ]


def test_prestashop_combinations_pair_names_with_values():
    text = (
        "Product ID*,Attribute (Name:Type:Position)*,Value (Value:Position)*\n"
        "1,Color:color:0; Disk space:select:3,Blue:0; 16GB:1\n"
    )
    assert brief(read(text)[0][0].segments) == [
        ("attribute", "colour", "Blue"),
        ("attribute", "disk space", "16GB"),
    ]


def test_google_details_are_named():
    header = "id,title,link,image_link,price,product_detail,color\n"
    items, _ = read(
        header + '1,Cup,u,v,3.00 EUR,"General:Material:Clay,Fit:Handle:Left",red/white\n'
    )
    assert brief(items[0].segments)[2:] == [
        ("attribute", "material", "Clay"),
        ("attribute", "handle", "Left"),
        ("attribute", "colour", "red/white"),
    ]


def test_a_list_in_a_title_is_one_text():
    text = '_id,keyword,good_url,price,describe,shop\n7,k,u,1,"[""\\n红色 "","" 茶杯\\n""]",s\n'
    title = read(text)[0][0].segments[1]
    assert title.text == "红色   茶杯"
    assert title.places.source(5, 7) == "茶杯"


def test_a_comment_row_above_the_header_of_meta_is_passed_over():
    text = '"# Required | An id","# Required | A title",x,x,x,x\n' + FORMATS["Meta catalogue"]
    items, _ = read(text.replace("price,", "price,") + "\n1,Cup,Fine,u,v,3 USD,c\n")
    assert [texts(item)[:2] for item in items] == [["Cup", "Fine"]]


def test_numbered_columns_are_all_read():
    header = "商品名," + ",".join(f"ALT{number}" for number in range(1, 21))
    items, notices = read(header + "\n茶碗," + ",".join("赤い茶碗" for _ in range(20)) + "\n")
    assert len(texts(items[0], "alt")) == 20
    assert "alt=ALT1…ALT20" in notices[0].message


def test_a_price_knows_its_currency_from_the_header_or_the_row():
    assert read("title,Price (INR)\nTea cup,5\n")[0][0].segments[1].attribute == "INR"
    assert read("title,price,currency\nTea cup,5,EUR\n")[0][0].segments[1].attribute == "EUR"
