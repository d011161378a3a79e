"""Names of customers: invented, believable, each given once."""

from __future__ import annotations

import random

_FIRST = "恒鑫瑞宏嘉德盛永联博正泰兴伟力科明远佳利源凯诚东和安景铭锐卓启亿润优冠精耀群骏创"
_SECOND = "达远泰源丰通盛隆昌辉信诚康力升腾益祥顺宇峰业成邦越捷奥锦润"
# Combinations that are famous brands, places or odd to the ear.
_NOT = frozenset(
    {
        "永辉",
        "力源",
        "泰康",
        "安康",
        "东升",
        "正泰",
        "东昌",
        "力力",
        "利信",
        "安信",
        "科远",
        "远力",
        "盛通",
        "利远",
        "和源",
        "力康",
        "正邦",
        "兴业",
    }
)

_CITIES = {
    "苏州、昆山": ("苏州", "昆山", "苏州", "太仓", "常熟"),
    "上海": ("上海",),
    "无锡、常州、南通": ("无锡", "常州", "南通", "江阴", "无锡"),
    "杭州、宁波、嘉兴": ("杭州", "宁波", "嘉兴", "绍兴", "慈溪"),
    "广州、佛山": ("广州", "佛山", "广州", "佛山市顺德区", "广州"),
    "深圳、惠州": ("深圳市", "惠州市", "深圳市", "惠州"),
    "东莞": ("东莞市", "东莞"),
    "中山、珠海、江门": ("中山市", "珠海", "江门", "中山"),
}
_QUARTERS = {
    "苏州、昆山": ("苏州市吴中区", "苏州市相城区", "苏州市吴江区", "苏州高新区", "昆山市玉山镇", "昆山市周市镇", "太仓市沙溪镇", "常熟市梅李镇"),
    "上海": ("上海市嘉定区", "上海市松江区", "上海市青浦区", "上海市奉贤区", "上海市闵行区", "上海市宝山区", "上海市浦东新区"),
    "无锡、常州、南通": ("无锡市惠山区", "无锡市锡山区", "江阴市周庄镇", "常州市武进区", "常州市新北区", "南通市通州区", "海门区三厂"),
    "杭州、宁波、嘉兴": ("杭州市萧山区", "杭州市余杭区", "宁波市鄞州区", "宁波市北仑区", "慈溪市周巷镇", "嘉兴市秀洲区", "平湖市新埭镇"),
    "广州、佛山": ("广州市白云区", "广州市番禺区", "广州市黄埔区", "广州市花都区", "佛山市南海区", "佛山市顺德区", "佛山市禅城区"),
    "深圳、惠州": ("深圳市宝安区", "深圳市龙岗区", "深圳市光明区", "深圳市龙华区", "惠州市惠阳区", "惠州市仲恺区", "博罗县园洲镇"),
    "东莞": ("东莞市长安镇", "东莞市虎门镇", "东莞市厚街镇", "东莞市塘厦镇", "东莞市寮步镇", "东莞市横沥镇", "东莞市常平镇", "东莞市大朗镇"),
    "中山、珠海、江门": ("中山市小榄镇", "中山市古镇镇", "中山市火炬区", "珠海市金湾区", "珠海市斗门区", "江门市蓬江区", "开平市水口镇"),
}
# What a firm does -> the words its name may carry.
_TRADES = {
    "机械制造": ("精密机械", "机械设备", "自动化设备", "数控科技", "传动机械", "精工机械"),
    "五金模具": ("五金制品", "模具", "精密模具", "金属制品", "紧固件"),
    "电子电器": ("电子科技", "电子", "电器", "光电科技", "电子材料"),
    "汽车零部件": ("汽车零部件", "汽车配件", "汽车科技"),
    "包装印刷": ("包装材料", "纸业", "彩印包装", "包装制品"),
    "化工材料": ("新材料", "化工", "塑胶", "高分子材料"),
    "食品加工": ("食品", "食品科技", "粮油食品"),
    "物流仓储": ("物流", "供应链管理", "仓储服务"),
    "建筑工程": ("建设工程", "机电工程", "装饰工程", "幕墙工程"),
    "物业服务": ("物业管理", "物业服务", "酒店管理"),
    "纺织服装": ("纺织", "服饰", "针织"),
    "医疗器械": ("医疗器械", "医疗科技"),
    "教育办公": ("教育科技", "信息技术", "文化传播"),
}
_SMALL = (
    "五金经营部",
    "五金店",
    "机电商行",
    "机电设备经营部",
    "汽车维修部",
    "汽修厂",
    "办公用品店",
    "文具店",
    "劳保用品店",
    "机械加工厂",
    "精密机械加工厂",
    "模具厂",
    "家具厂",
    "印刷厂",
    "食品厂",
    "建材店",
    "装饰工程部",
    "电器维修部",
    "包装厂",
    "纸箱厂",
    "物流服务部",
    "广告制作部",
    "制衣厂",
    "塑料制品厂",
    "水电安装部",
    "灯饰厂",
    "不锈钢制品厂",
    "超市",
    "农机维修部",
    "电脑经营部",
    "图文店",
    "轮胎店",
    "铝合金门窗店",
    "洗衣店",
    "快餐店",
    "幼儿园",
)


class Names:
    """Hands out names, never one twice, and no two customers of one place under the same trade name."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def company(self, rng: random.Random, area: str) -> tuple[str, str]:
        """A listed account: its name and its trade."""
        trade = rng.choice(sorted(_TRADES))
        place = rng.choice(_CITIES[area])
        kind = "股份有限公司" if rng.random() < 0.04 else "有限公司"
        return f"{place}{self._brand(rng, place)}{rng.choice(_TRADES[trade])}{kind}", trade

    def shop(self, rng: random.Random, area: str) -> str:
        """A small buyer: a workshop, a shop, a stall."""
        place = rng.choice(_QUARTERS[area])
        return f"{place}{self._brand(rng, place)}{rng.choice(_SMALL)}"

    def _brand(self, rng: random.Random, place: str) -> str:
        while True:
            brand = rng.choice(_FIRST) + rng.choice(_SECOND)
            if brand[0] != brand[1] and brand not in _NOT and place + brand not in self._taken:
                self._taken.add(place + brand)
                return brand
