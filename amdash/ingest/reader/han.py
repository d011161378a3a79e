"""How much a decoded text looks like written Chinese, which tells GB18030 from Big5 and both from an accident of other bytes."""

from __future__ import annotations

from dataclasses import dataclass

# The most frequent characters of written Chinese, those of sales sheets and of people's names among them.
_SIMPLIFIED = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高"
    "自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命"
    "此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论"
    "运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教"
    "速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须"
    "际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效院查江型眼王按格养易置派层片始却专状育"
    "厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封"
    "另施减树溶怎止案言士均武固叶鱼波视仅费紧爱左章早朝害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽"
    "客户销售额订期款单退货评投诉满意度率姓编码邮箱话址备注状态优良差及已未完成处理待额金折扣税票购买付到访额服回复响应时长渠微店网商城门零批赵钱孙刘陈杨吴郑冯蒋沈韩"
    "朱秦许何吕施孔曹魏姜谢邹苏潘范彭郎鲁韦昌柳唐罗薛贺倪汤殷毕郝康伍余顾孟黄穆萧尹姚邵汪贝戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江颜郭梅盛林徐邱骆高夏蔡田樊胡凌霍卢莫"
    "丽伟芳娜秀敏静磊洋艳勇杰娟涛超霞刚桂玉萍鹏辉飞斌宇浩凯健俊帆雪倩婷慧莹晶欣佳琳雅琴云莲香梦洁翠淑惠雷龙昊诚阳峰岩波"
)
_TRADITIONAL = frozenset(
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經十三之進著等部度家電力裡裏如水化高"
    "自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命"
    "此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題程展五果料象員位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論"
    "運農指幾九區強放決西被幹做必戰先回則任取據處隊南給色光門即保治北造百規熱領七海口東導器壓志世金增爭濟階油思術極交受聯什認六共權收證改清己美再採轉更單風切打白教"
    "速花帶安場身車例真務具萬每目至達走積示議聲報鬥完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石記需段研界拉林律叫且究觀越織裝影算低持音眾書布復容兒須"
    "際商非驗連斷深難近千周委素技備半辦青省列習響約支般史感勞便團往歷市克何除消構府稱太準精值號率族維劃選標寫存候毛親快效院查江型眼王按格養易置派層片始卻專狀育"
    "廠京識適屬圓包火住調滿縣局照參紅細引聽該鐵價嚴首底官德隨病蘇失爾死講配女黃推顯談罪神藝呢席含企望密批營項防舉球英勢告李台臺落木幫輪破亞師圍注遠字材排供河態封"
    "另施減樹怎止案言士均武固葉魚波視僅費緊愛左章早朝害續輕服試食充兵源判護司足某練差致板田降黑犯負擊範繼興似餘堅曲輸修故城夫夠送筆船佔右財吃富春職覺漢畫功巴跟雖"
    "客戶銷售額訂款單退貨評投訴滿意姓編碼郵箱址備註狀優良未處待折扣稅票購買付訪覆應渠微店網零趙錢孫劉陳楊吳鄭馮蔣沈韓朱秦許呂孔曹魏姜謝鄒潘彭魯韋柳唐羅薛賀倪湯"
    "康顧孟穆蕭尹姚邵汪戴宋龐熊紀祝董梁杜阮藍季賈顏郭梅盛徐邱駱夏蔡胡凌霍盧莫麗偉芳娜秀敏靜磊洋艷勇傑娟濤超霞剛桂玉萍鵬輝飛斌宇浩凱健俊帆雪倩婷慧瑩晶欣佳琳雅琴雲蓮香"
)
_FREQUENT = {"gb18030": _SIMPLIFIED, "big5": _TRADITIONAL}
# From this many characters on, a text in which frequent ones are this rare is written in something else.
_ENOUGH, _TOO_RARE = 30, 0.3


@dataclass(frozen=True)
class Likeness:
    """``score`` 0-1; 0 where there is nothing beyond ASCII. ``written``: enough of it is Chinese for the encoding to be taken as sure."""

    score: float
    written: bool


def likeness(text: str, encoding: str) -> Likeness:
    """How much the characters beyond ASCII are those that the encoding puts first: its everyday characters and its punctuation."""
    beyond = [sign for sign in text if sign > "\x7f"]
    if not beyond:
        return Likeness(0.0, False)
    counted = {sign: _weight(sign, encoding) for sign in set(beyond)}
    score = sum(counted[sign] for sign in beyond) / len(beyond)
    frequent = sum(sign in _FREQUENT[encoding] for sign in beyond) / len(beyond)
    return Likeness(score, score >= 0.3 and not (len(beyond) >= _ENOUGH and frequent < _TOO_RARE))


def _weight(sign: str, encoding: str) -> float:
    if sign in _FREQUENT[encoding] or sign in "，。、；：（）《》“”‘’！？·—…％￥　":
        return 1.0
    try:
        octets = sign.encode(encoding)
    except UnicodeEncodeError:
        return 0.0
    if len(octets) != 2:
        return 0.0
    if encoding == "big5":
        return 0.5 if 0xA4 <= octets[0] <= 0xC6 else 0.0
    # Level 1 of GB2312, and the full-width letters and figures.
    return 0.5 if octets[1] >= 0xA1 and (0xB0 <= octets[0] <= 0xD7 or octets[0] == 0xA3) else 0.0
