"""Branches that never were, as large and as old as wanted: records, photos and pages of a site.

Everything is drawn by lot from a few hundred phrases, the same for the same load on any machine.
What is invented says so: the mine is called 示范矿 and the branch 模拟综采队党支部.
"""
