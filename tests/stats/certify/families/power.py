# SPDX-License-Identifier: GPL-3.0-or-later
"""Power; all is in the options."""
from certify import Call, Figure

METHODS = {"power_t": "power-t", "power_anova": "power-anova", "power_r": "power-r"}
PATHS = {"power": "power", "power_base": "power", "n": "n", "n_rounded": "n_rounded"}


def power(row):
    options = dict(word.split("=") for word in row.term.split())
    # R's pf with a noncentrality is off by up to 1e-9, absolute; pt by 1e-12
    rough = row.analysis == "power_anova" and row.stat.startswith("power")
    return Figure(Call(METHODS[row.analysis], option=options), PATHS[row.stat], tolerance=1e-8,
                  absolute=2e-9 if rough else None)


HANDLERS = {analysis: power for analysis in METHODS}
