"""The live preview: the site of the records as they stand in the folders at this moment."""
