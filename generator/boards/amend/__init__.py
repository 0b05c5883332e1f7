"""Changing records in the users' own files, and nothing else in them."""

from boards.amend.content import Files, amended
from boards.amend.edits import Action, AmendFault, Edit
from boards.amend.spelling import Value
from boards.amend.writing import write

__all__ = ["Action", "AmendFault", "Edit", "Files", "Value", "amended", "write"]
