"""What people call the columns of their tables, and which columns may not be kept.

A new word for a field is one more word here. What a branch calls otherwise is corrected once and
remembered (`remembered`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from boards.records.refusals import NEVER

_WORDS: dict[str, dict[str, str]] = {
    "members": {
        "name": "姓名 名字 党员姓名 职工姓名 人员姓名 人员 同志 党员 员工姓名",
        "standing": "政治面貌 党员类别 人员类别 面貌 党员类型 人员性质 是否党员",
        "job": (
            "职务或工种 职务 工种 岗位 岗位名称 现任职务 职务/工种 职务（工种） 职务工种 "
            "现任职务或工种 行政职务 工作岗位 现岗位 从事工种 职务岗位"
        ),
        "posts.zone": "责任区 所在责任区 负责责任区 创建责任区",
        "posts.role": "责任区岗位 责任区角色 角色 区内岗位",
        "groups": "小组 所在小组 攻关小组 包保小组",
        "pledge": "承诺 党员承诺 承诺内容 公开承诺 承诺践诺 一句话承诺",
        "drawn": "性别",
        "pinyin": "拼音 姓名拼音",
        "left_on": "离开日期 调离日期 退休日期 调离时间 退休时间 调出时间",
        "remark": "内部备注",
    },
    "honours": {
        "title": (
            "荣誉名称 获奖名称 荣誉 荣誉称号 称号 奖项 奖项名称 表彰名称 获得荣誉 名称 "
            "所获荣誉 获奖项目 表彰项目 先进名称 授予称号 获奖内容"
        ),
        "holder": (
            "获得者 获奖者 获奖人 获奖人员 姓名 受表彰人 获奖单位 获奖个人 获奖集体 "
            "先进个人 集体或个人 集体/个人 单位或个人 单位/个人 受奖单位 获得人 受表彰单位 "
            "获奖对象 表彰对象 获奖单位或个人 获奖单位/个人"
        ),
        "level": (
            "级别 荣誉级别 奖项级别 获奖级别 等级 授予级别 表彰级别 层级 授予单位 颁奖单位 "
            "授奖单位 表彰单位 发证单位 颁发单位 授予机关"
        ),
        "year": (
            "年度 年份 获奖年度 获奖年份 获奖时间 授予时间 表彰时间 时间 日期 获奖日期 "
            "颁发时间 表彰年度 荣誉年度 授予日期 获得时间"
        ),
        "remark": "内部备注",
    },
    "messages": {
        "date": "日期 时间 发送日期 推送日期",
        "type": "类别 类型 栏目",
        "text": "内容 正文 消息内容 微消息",
    },
    "outcomes": {
        "name": "名称 指标 项目 指标名称",
        "value": "数值 完成 完成值 实际完成",
        "unit": "单位 计量单位",
        "period": "期间 时段",
        "as_of": "数据截至 截至 截至日期 截至时间 统计截至 统计时间",
    },
}

CALLED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    table: {name: tuple(words.split()) for name, words in fields.items()}
    for table, fields in _WORDS.items()
}
"""For each table the words for its fields, the usual first. Other tables go by their labels."""

NUMBERS = ("序号", "序", "编号", "行号", "no", "no.", "№", "#", "工号", "职工编号")
"""Columns that only count."""

OF_A_LIFE = re.compile(
    "入党|转正|入团|参加工作|参加革命|任职|任现职|入职|进矿|入矿|毕业|学历|民族|籍贯"
)
"""How headings begin that no part of names a field: 入党日期 is no honour's 日期."""

_PERSONAL = "属个人隐私，本系统不设这一项"
_FORBIDDEN: tuple[tuple[str, str, str], ...] = (
    (r"出生|生日|年龄|生辰|周岁|虚岁", "出生年月", _PERSONAL),
    (r"身份证|证件号|公民身份|身份号|id号", "身份证号", _PERSONAL),
    (r"电话|手机|联系方式|联系号码|微信|qq|邮箱|email|短号|联系人", "电话",
     "号码不从表格带进来；确实要留底，在这个人的“联系方式”里手填，任何页面都不出现"),
    (r"住址|地址|户籍|户口|居住|住所|宿舍", "住址", _PERSONAL),
    (r"家庭|配偶|父母|父亲|母亲|子女|婚姻|婚否|家属|家长|亲属|家人|爱人", "家庭情况", _PERSONAL),
    (r"健康|病|体检|血型|伤残|残疾|身体状况|用药|孕", "健康", _PERSONAL),
    (r"收入|工资|薪|银行|卡号|账号|账户|社保|医保|公积金|奖金", "收入", _PERSONAL),
    (r"困难|帮扶|低保|贫困|救助", "困难情况", "帮扶只登记合计数，不登记个人和家庭"),
    (r"思想动态|谈心|诉求|信访|情绪", "职工诉求", "诉求只登记件数，不登记内容和个人"),
    (r"预警|红黄蓝", "预警级别", "红黄蓝预警只登记合计数，从不与个人对应"),
    (r"三违|违章|违纪|处分|违规|罚款|考核扣", "三违人员", "三违只登记人次合计，不登记姓名"),
    (r"签名|签字|签章|指纹", "签名", "签名只留在纸质责任状上"),
    (r"宗教|信仰", "宗教信仰", _PERSONAL),
)  # fmt: skip
"""Patterns of headings that are never brought in, what they are called, and why."""

_IDENTITY = re.compile(r"\d{6}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx]|\d{15}")
_MOBILE = re.compile(r"(?:\+?86-?)?1[3-9]\d-?\d{4}-?\d{4}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(?:-\d+)?")
_CARD = re.compile(r"\d{16,19}")
_DWELLING = re.compile(
    r".*(?:\d+\s*(?:号楼|栋|幢|单元|室)|小区|家属[院区]|[路街巷]\d+号|村.{0,4}组).*"
)
_BY_CONTENT = (
    (_IDENTITY, "身份证号"),
    (_MOBILE, "电话"),
    (_LANDLINE, "电话"),
    (_CARD, "银行卡号"),
    (_DWELLING, "住址"),
)
_MOSTLY = 0.5
"""Share of a column's cells that must look private for the whole column to be left out."""


def plain(heading: str) -> str:
    """A heading without spaces, marks around it, and what stands in brackets behind it."""
    text = "".join(unicodedata.normalize("NFKC", heading).split()).casefold()
    bare = re.sub(r"[(\[【].*?[)\]】]", "", text).strip("*:：★☆、.")
    return bare or text.strip("*:：")


def forbidden(heading: str) -> tuple[str, str] | None:
    """What a column that may not be kept is called, and why; None if it may."""
    text = plain(heading)
    whole = "".join(unicodedata.normalize("NFKC", heading).split()).casefold()
    for pattern, label, reason in _FORBIDDEN:
        if re.search(pattern, text) or re.search(pattern, whole):
            return label, reason
    if text in NEVER:
        return NEVER[text][0], _PERSONAL
    return None


def looks_private(texts: list[str]) -> str:
    """What a column's cells look like, if they look like what may not be kept; else empty."""
    for pattern, label in _BY_CONTENT:
        alike = sum(bool(pattern.fullmatch(text.replace(" ", ""))) for text in texts)
        if alike and alike >= _MOSTLY * len(texts):
            return label
    return ""


def is_count(heading: str) -> bool:
    """Whether a column only numbers the rows."""
    return plain(heading) in NUMBERS
