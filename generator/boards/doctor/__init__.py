"""What is to be known before anything goes wrong: program, machine, folder, records.

Nothing is changed, nothing asks the network. Every check says one thing and what to do next.
"""

from __future__ import annotations

from pathlib import Path

from boards.doctor import folder, program, records
from boards.doctor.finding import Finding, State, stops_a_build
from boards.doctor.machine import Machine, this_machine

__all__ = ["Finding", "Machine", "State", "examine", "stops_a_build", "this_machine"]


def examine(root: Path, machine: Machine) -> list[Finding]:
    """All findings about a site's folder and the program on this machine, always in one order."""
    root = root.resolve()
    return [
        program.python(machine),
        program.packages(machine),
        program.wheels(machine),
        program.fonts(machine),
        program.console(machine),
        program.clock(machine, root),
        folder.writing(root),
        folder.room(root),
        folder.releases(root),
        folder.settings(root),
        folder.key(root, machine),
        *records.findings(root, machine.today),
    ]
