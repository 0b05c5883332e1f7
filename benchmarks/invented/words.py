"""Phrases of the genre, and texts of a wanted length made of them."""

from __future__ import annotations

from random import Random

SURNAMES = tuple("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")
DOUBLE_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟")
GIVEN = tuple("伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆立峰松柏森川海山石岩江河晨旭光亮")
DOTTED = (
    "买买提·艾力", "阿卜杜拉·热合曼", "迪力夏提·吐尔逊", "巴特尔·朝鲁", "阿依夏木古丽·买买提",
    "扎西·多吉", "库尔班江·依明", "玉素甫·阿不都", "格桑·次仁", "努尔兰·哈孜",
)  # fmt: skip
JOBS = (
    "班长", "采煤机司机", "支架工", "党支部书记", "区队副区长", "机电技术员", "泵站司机",
    "刮板输送机司机", "电工", "端头维护工", "跟班副区长兼质量验收员", "内勤", "安全网员",
)  # fmt: skip

PLACES = (
    "工作面上段", "工作面下段", "运输机头", "回风联络巷", "乳化液泵站", "上出口", "下出口",
    "设备列车", "变电点", "转载机尾至破碎机", "超前支护段", "检修硐室", "材料道口", "端头三角区",
)  # fmt: skip
THINGS = (
    "支架", "刮板链", "乳化液管路", "电缆", "锚杆", "护帮板", "单体支柱", "减速器", "喷雾", "护栏",
    "平衡千斤顶", "照明", "风水管路", "皮带托辊",
)  # fmt: skip
WHO = ("当班党员", "检修班", "包机人", "跟班干部", "老班长", "新来的工友", "支部委员", "包保小组")
DONE = (
    "先停电、验电、挂牌再动手", "逐架量一遍落差", "把问题写明找谁、何时复查", "开机前点检一遍",
    "拿着尺子一起量", "先敲帮问顶再进人", "把顺序画成图贴在旁边", "一处一处过手", "交接时当面说清",
    "按标准验收并签字", "把备件提前领好", "叫上新工友一起看",
)  # fmt: skip
OUTCOME = (
    "偏差当班就处理了", "没有留给下一班", "隐患跟到了闭合", "停机的时间少了", "大家看着也跟着做",
    "新来的人很快就会了", "复查合格才划掉", "现场一直整齐", "谁来都照着走", "交接少了扯皮",
)  # fmt: skip
FELT = (
    "话不在多，做在前头就有人信。", "慢一步看清楚，比快一步返工强。",
    "问题出在现场，办法也在现场。",
    "多走一趟，心里踏实。", "标准写在纸上，更要落在手上。", "牌子挂在那里，人就要站在那里。",
    "量得出来，才管得住。", "小事天天做，大事少出错。",
)  # fmt: skip

PLEDGES = (
    "守好一段。", "不安全，不生产。", "在岗一分钟，尽责六十秒。", "看见隐患，当班有回音。",
    "话讲明白，人带平安。", "干一件，成一件，件件经得起查。",
    "措施写在纸上，更用在现场，带头不违章。",
    "设备交给我，开机前先看、先听、先摸。",
)  # fmt: skip
TOPICS = (
    "支架初撑力达标", "停电闭锁挂牌实操", "班前确认怎样不走过场", "自救器佩戴和避灾路线演练",
    "顶板管理标准学习", "检修质量标准", "这个月的任务和难处", "端头支护工序", "雨季三防要点",
    "标准化知识竞赛", "皮带司机岗位流程", "冬季防滑和管路防冻", "从身边的隐患讲起",
)  # fmt: skip
HONOURS = (
    "先进党支部", "安全生产先进区队", "标准化区队", "五好班组", "党建品牌创建优秀单位", "红旗支部",
)  # fmt: skip
PERSONAL = (
    "优秀共产党员", "岗位技术能手", "安全标兵", "劳动模范", "技术比武一等奖", "质量明星",
    "最美矿工",
    "十佳班组长", "技术创新能手", "优秀党务工作者",
)  # fmt: skip
VERBS = ("加装", "改造", "重做", "换掉", "固定", "抬高", "分段更换", "同步推移", "错峰检修")
SUGGESTIONS = ("弹簧插销", "手势确认", "工具挂架", "定位标尺", "防护罩", "接油盘", "反光标识")


def sentence(dice: Random) -> str:
    """One sentence of something done somewhere."""
    who, place, thing = dice.choice(WHO), dice.choice(PLACES), dice.choice(THINGS)
    done, outcome = dice.choice(DONE), dice.choice(OUTCOME)
    ways = (
        f"{place}的{thing}要{done}，{outcome}。",
        f"{who}到{place}，{done}，{outcome}。",
        f"有一班{place}的{thing}出了毛病，{who}{done}，{outcome}。",
        dice.choice(FELT),
    )
    return dice.choice(ways)


def prose(dice: Random, least: int, most: int) -> str:
    """Different sentences, at least `least` characters and hardly more than `most`."""
    wanted, said = dice.randint(least, most), ""
    while len(said) < wanted:
        more = sentence(dice)
        said += more if more not in said else ""
    return said


def paragraphs(dice: Random, count: int, least: int, most: int) -> str:
    """Several paragraphs of such prose."""
    return "\n\n".join(prose(dice, least, most) for _ in range(count))


def short(dice: Random) -> str:
    """A sentence's worth without its full stop, for lines of a list."""
    return f"{dice.choice(PLACES)}{dice.choice(DONE)}，{dice.choice(OUTCOME)}"


def improvement(dice: Random) -> str:
    """What a case is about: 减速器加装接油盘."""
    return f"{dice.choice(THINGS)}{dice.choice(VERBS)}{dice.choice(SUGGESTIONS)}"
