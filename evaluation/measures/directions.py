"""How many matched people went up, stayed and went down: what the change of one question and of all have in common."""

import numpy as np
import pandas as pd

from evaluation.measures.satisfaction import WILSON, different_people
from evaluation.privacy import PublishableCounts, added
from evaluation.statistics.nps import net_interval, net_share
from evaluation.statistics.proportions import wilson


def directions(pairs: PublishableCounts, measure: str) -> pd.DataFrame:
    """Return of every cell of ``pairs`` that holds anybody how many improved, stayed the same and worsened.

    ``value`` is the share improved, step > 0, and its Wilson interval; net, net_low and net_high are the share improved
    less the share worsened. Where one person may be in several cohorts the method is ``clusters``, as of satisfaction.
    """
    step, number = (pairs.counts[name].to_numpy() for name in ("step", "n"))
    cell, of_cell = np.unique(pairs.counts["cell"].to_numpy(), return_inverse=True)
    signs = (step > 0, step == 0, step < 0)
    improved, same, worsened = (added(of_cell, np.where(rows, number, 0), len(cell)) for rows in signs)
    n = improved + same + worsened
    people = different_people(pairs, cell)
    low, high = wilson(improved * people.weight, n * people.weight)
    net_low, net_high = net_interval(improved * people.weight, worsened * people.weight, n * people.weight)
    return pd.DataFrame({
        "cell": cell, "n": n, "improved": improved, "same": same, "worsened": worsened, "measure": measure,
        "value": improved / n, "low": low, "high": high, "method": people.method(WILSON),
        "net": net_share(improved, worsened, n), "net_low": net_low, "net_high": net_high,
    })  # fmt: skip
