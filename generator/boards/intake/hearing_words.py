"""Words that messages about a quarter use: what leads to a star, a zone, a reason, a meeting."""

from __future__ import annotations

import re

QUARTER = re.compile(
    r"(?:(20\d{2}) ?年?度? ?[-/]? ?)?(?:[Qq]([1-4])(?!\d)|第? ?([一二三四1-4]) ?季度)"
)
_NOT_YET = (
    "(?![”’》」]?(?:候选|推荐|评选|人选|名额|评比|评定|得票|投票|提名|推选|照片|是谁|奖"
    + "|学习|的))"
)
STAR = f"(?:党员之星|季度之星|明星党员|党员明星){_NOT_YET}"
BEST = f"(?:优质|优秀|优胜|先进|红旗|标兵)(?:责任区|区(?!域)){_NOT_YET}"
WHY = r"(?:主要)?(?:事迹|理由|推荐词|颁奖词|评语|做法) ?[:：]"
SCORE = (
    r"(?:责任区|区)? ?(?:第?[一二三四]季度)?(?:得分|得|为|是|[:：（(]){0,3} ?"
    r"(\d{2,3}(?:\.\d{1,2})?)( ?分(?!之|钟))?"
)
LEAST_BARE = 50
"""A smaller number without 分 behind it may count something else."""
EARLIER = re.compile("[上下]个?季度?|上期|往期|往年|去年|同期")
NOBODY = re.compile(
    "不是|并非|空缺|不评|没有评|暂无|^无|取消|更正|发错|待定|拟|提名|候选|推荐|公示中"
)
"""Words beside a name that leave open, or deny, that it is the one."""
LEADS_TO = re.compile("(?:被?评(?:选)?为|荣获|获评|获得|夺得|获|当选|授予|成为|是|为)[^，,]{0,14}$")
NAME_ENDS = (
    r"(?![\u4e00-\u9fff·])|(?=同志|被|荣|当选|获|夺|为|和|及|与|在|的|班长|组长|队长|书记|师傅)"
)
"""What may follow a name, so that 王伟 is not found in 王伟伟."""
MEETS = re.compile("会议|开会|开了会|召开|联动会|评定方式|评议会|支部会|党员会")
DAY = re.compile(
    r"(?:(20\d{2}) ?[年.\-/] ?)?(?<!\d)(\d{1,2}) ?月 ?(\d{1,2}) ?日?"
    r"|(20\d{2})[.\-/](\d{1,2})[.\-/](\d{1,2})"
)
PLACE = re.compile(
    r"地点 ?[:：] ?([^，。,；;\n]{2,15})"
    r"|在([^，。,；;\n\d:：]{2,15}?)(?=召开|举行|开会|开[了的])"
)
PRESENT = re.compile(r"(?:应到|实到|到会)[^。；;\n]{0,40}人(?=[，,])")
DECIDED = re.compile(
    r"[^，。,；;：:\n]{0,30}(?:表决|投票|票选|民主评议|全票通过)[^，。,；;\n]{0,30}"
)
SIGNED = re.compile(
    r"(?=.)(?:[^，。；\n]{0,20}(?:支部|党委|委员会|区队|总支)[^，。；\n]{0,8})? ?"
    r"(?:(?:20\d{2} ?[年.\-/] ?)?\d{1,2} ?[月.\-/] ?\d{1,2} ?日?)?"
)
"""A line with nothing but who sends the message, and when."""
NO_REASON = re.compile(
    r"[请望@]|希望|特此|祝贺|恭喜|大家|得票|以上|各[班区]|收到|联系|公示|[、和及与]"
)
"""How a line begins that is none of the reasons for a star or a zone."""
FORMAL = re.compile(
    r"公示|奖励|上报|表决|投票|提名|得票|会议|不是|得分|季度|异议|联系|\d ?元|\d月\d|\d ?分|发错"
)
"""What stands in no reason that nothing says is one."""
HEADING = re.compile(
    "喜报|通报|通知|公布|揭晓|公告|关于|结果|评比|评定|评选|评出|四区|联动|考核|成绩|得分|排名|名单|情况|如下"
    "|责任区|党员之星|优质|季度|年度?|各区|本|的|和|及|获奖|出炉|总|经|研究|决定|同志|[一二三四五六\\d]|区"
)
"""Words of titles: a line of these alone tells nothing."""
STOPS = "，,。；;！!？?\n"
AROUND = " \u3000，,：:；;、—-–~·“”\"'‘’（）()【】[]《》*★☆！!。.#&→👉🌟🏆👍👏🎉🌹✨"
NUMBERED = re.compile(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]?")
ENOUGH = 6
"""Characters of what can be a reason, or is worth telling; less is a remark."""


def number_of(found: re.Match[str]) -> int:
    """Which quarter of the year a match of `QUARTER` names."""
    return int(found[2] or 0) or "一二三四".find(found[3]) + 1 or int(found[3])
