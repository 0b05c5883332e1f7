"""Papers of the branch's own work, on A4 by Typst: they are signed and filed, and go nowhere."""
