"""The samples: which there are, what goes with them, taking all of them out at once."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.amend import AmendFault
from boards.amend.samples import Removal, removal
from boards.clock import build_date
from boards.desk.changing import take_samples_out
from boards.desk.office import Office
from boards.desk.said import told
from boards.digests import digest_of_files


@dataclass(frozen=True, slots=True)
class SamplesView:
    """What taking the samples out does, before it is done."""

    gone: tuple[tuple[str, tuple[str, ...]], ...]
    """Kinds of records, and what those of each are called."""
    freed: tuple[str, ...]
    """Real records that lose their mention of a sample."""
    pictures: int
    """How many photos go because only samples show them."""
    needed: tuple[tuple[str, str], ...]
    """Samples that no site can do without: what each is called, and where it is made one's own."""
    seen: str
    """What tells this removal from others."""
    against: str = ""
    """Why they cannot be taken out."""

    @property
    def count(self) -> int:
        """How many samples go."""
        return sum(len(names) for _, names in self.gone)


def show(office: Office, request: Request, _: FormData) -> Response:
    """All samples, and the button that takes them out."""
    return _page(office, _view(office), done="done" in request.query_params)


def take_out(office: Office, _: Request, form: FormData) -> Response:
    """Take them out, if they are what was shown."""
    said = ""
    with office.desk.writing():
        try:
            planned = _planned(office)
        except AmendFault:  # which the page says itself
            return _page(office, _view(office))
        if digest_of_files(planned.files) != form.get("seen"):
            said = "和刚才看到的不一样了（台账在别处改过）：再看一眼，对了再删。还没有删"
        elif not planned.problems:
            take_samples_out(office.desk, planned, office.settings.who)
            return office.to("samples?done=1")
    return _page(office, _view(office), said=said)


def _page(office: Office, view: SamplesView, said: str = "", *, done: bool = False) -> Response:
    status = HTTPStatus.CONFLICT if said else HTTPStatus.OK
    return office.page("settings", "samples.html", status, view=view, said=said, done=done)


def _planned(office: Office) -> Removal:
    return removal(office.desk.look().board, office.root, build_date())


def _view(office: Office) -> SamplesView:
    try:
        planned = _planned(office)
    except AmendFault as error:
        return SamplesView((), (), 0, (), "", str(error))
    kinds: dict[str, list[str]] = {}
    for row in planned.gone:
        kinds.setdefault(row.kind, []).append(row.title_text)
    return SamplesView(
        gone=tuple((kind, tuple(names)) for kind, names in kinds.items()),
        freed=tuple(f"{row.kind}“{row.title_text}”的{label}" for row, label in planned.freed),
        pictures=len(planned.pictures),
        needed=tuple(
            (f"{row.kind}“{row.title_text}”", f"record/{row.table}/{row.id}")
            for row in planned.needed
        ),
        seen=digest_of_files(planned.files),
        against=told(planned.problems) if planned.problems else "",
    )
