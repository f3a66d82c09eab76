"""The plots by kind of exhibit: a chart is one function from its figures to its data."""

from collections.abc import Callable, Mapping

from evaluation.exhibits import change_plots, comparison_plots, opinion_plots, option_plots, participation_plots
from evaluation.exhibits.figures import Figures
from evaluation.exhibits.plot import Plot

PLOTS: Mapping[str, Callable[[Figures], Plot]] = {
    "enrolment": participation_plots.enrolment,
    "sessions": participation_plots.sessions,
    "openings": participation_plots.openings,
    "distribution": opinion_plots.distribution,
    "recommendation": opinion_plots.recommendation,
    "long_scale": opinion_plots.long_scale,
    "favourable": opinion_plots.favourable,
    "conditions": opinion_plots.conditions,
    "balance": change_plots.balance,
    "options": option_plots.options,
    "change": change_plots.paired,
    "change_bars": change_plots.retrospective,
    "comparison": comparison_plots.comparison,
    "trend": comparison_plots.trend,
    "glance": comparison_plots.glance,
}
