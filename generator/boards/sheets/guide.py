"""What the workbook says about itself: the first sheet, and a comment on every heading."""

from __future__ import annotations

import re

from boards.errors import Choose, Named, Remove, Step, Value, in_files, listing, worded
from boards.records.refusals import NEVER
from boards.sheets.columns import OWNER, Column

GUIDE = "说明"
"""Name of the first sheet."""

SECRET = "内部使用，不要外传"

HOW_TO = (
    ("怎么填", (
        "一行是一条记录。改内容就改格子；加记录就在最后一行下面接着填；删记录就删掉整行（右键—删除），明细表里它的行也删掉。",
        "表头带红色 * 的必填；鼠标放到表头上有填写说明；有下拉的格子从下拉里选。",
        "从下拉里选的“编号 名称”要整个选；刚登记的人下拉里还没有，直接写姓名就行（提示时选“是”）。",
        "一格里有几项的（小组、人员、职责、步骤），每项一行，按 Alt+Enter 换行。",
        "表名带“·”的是上一张表的明细，例如“班组·包保分工”：第一列选属于哪条记录，有几项就填几行。",
        "日期写成 2019-08-19 或 2019年8月19日，数据截至可以只写年，或年月；不知道就空着，不要猜。",
        "新记录的编号可以空着，读回来时程序按拼音拟好给您看；编号定了就不要再改。",
    )),
    ("颜色", (
        "灰色的行是虚构的示例，发布时自动略去；自己的内容填好以后，可以把灰色的行删掉。",
        "深色的表头，内容只给支部自己看，任何页面都不出现。",
    )),
    ("不要动", (
        "不要改表头和表名，不要合并单元格，不要在表格旁边或下面写别的东西，中间不要留空行。",
        "照片不要贴进表里：照片文件放进 data/media，“文件”一列写 media/文件名。",
        "格子都是“文本”格式，不要改：改了以后 8103、010、2019-08 会被 Excel 变成别的数。",
        "整张表不想管，可以删掉整张工作表（连同它的明细表），那一类记录就不动。",
        "筛选、排序、调列宽、换列的位置都可以，不影响台账。",
    )),
    ("填完以后", (
        "保存并关闭，运行 boards sheets in 加这个文件名：先列出改动，问过才写，写之前自动备份。",
        "有填错的，会说明是哪张表哪一格、怎么改；一处不对就什么也不写。",
        "读回以后可以接着填这个文件，保存了再读；不用每次重新导出。",
    )),
)  # fmt: skip
"""Headings of the first sheet, and what stands under each."""


def never_collected() -> list[tuple[str, str]]:
    """What the schema has no field for, and why; each once."""
    return list({label: worded(why, by_labels) for label, why in NEVER.values()}.items())


def by_labels(step: Step) -> str:
    """A step in the words of somebody who sees headings, not field names."""
    match step:
        case Remove(field=""):  # a row of a sheet is a whole record
            return "清空这一格"
        case Named(label=label) if label:
            return f"“{label}”"
        case Value(label=label):
            return f"“{label}”"
        case Choose(options=options):
            return f"可选：{listing([option.label for option in options], limit=12)}"
    return in_files(step)


def comment(column: Column) -> str:
    """What a heading's comment says: meaning, form, choices."""
    needed = "必填" if column.required else "可以不填"
    if column.group:
        needed = f"“{column.group}”填了别的项，这一项就必填"
    return "\n".join([*what_to_write(column), needed])


def what_to_write(column: Column) -> list[str]:
    """What a cell is for and how it is filled, in sentences without a full stop."""
    about = [_meaning(column)]
    if column.choices:
        about.append(f"可选：{' / '.join(choice.label for choice in column.choices)}")
    elif column.is_flag:
        about.append("选“是”或“否”")
    elif column.reference or column.is_role:
        about.append("从下拉里选" if not column.many else "写编号或名称")
    elif column.is_day and "例如 2" not in column.description:
        about.append("写成 2019-08-19")
    elif column.is_partial_date:
        about.append("写成 2019、2019-08 或 2019-08-19")
    elif column.is_whole:
        about.append("只写整数")
    if column.many:
        about.append("有几项时每项一行（Alt+Enter 换行）")
    return [part for part in about if part]


def _meaning(column: Column) -> str:
    """The schema's description, without the words that are typed in YAML only."""
    text = column.description
    if column.choices:
        text = "；".join(
            part
            for part in re.split("[；：]", text)
            if not any(
                re.search(rf"(?<![\w-]){re.escape(w)}(?![\w-])", part) for w in column.choices
            )
        )
    elif column.is_flag:
        text = text.replace("true ", "“是”") if text != "true 或 false" else ""
    elif (column.reference or column.is_role) and column.path != OWNER:
        text = "" if re.search(r"[a-z]{3,}|编号$", text) else text
    return text
