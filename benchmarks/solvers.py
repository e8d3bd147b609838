"""Rule A beside general solvers of the same quadratic program: time, and how far their answers are off.

Run as `python -m benchmarks.solvers [LINES [ROUNDS]]` by a Python that has the solvers of
benchmarks/requirements.txt; those it lacks are named. The service needs none of them. They answer in broken
units; what they miss is told against the exact rate, before any rounding.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from statistics import median
from typing import NamedTuple

import numpy as np

from benchmarks.balance import Lines, drawn, seconds
from budgetproto.balancing import fill
from budgetproto.balancing.kernel.continuous import Continuous
from budgetproto.balancing.kernel.ladder import BASIS, FloatArray, Ladder

#: Seconds after which a solver is told to give up.
PATIENCE = 60.0


class Answer(NamedTuple):
    """What a solver says of itself, and its figures."""

    status: str
    units: FloatArray


def wanted(lines: Lines) -> FloatArray:
    """Return the unrounded answer."""
    each = Continuous.of(Ladder(lines.claims, lines.lower, lines.upper, lines.shift))
    return np.clip(each.slope * each.rate(float(lines.envelope)) + each.offset, each.lower, each.upper)


def costs(lines: Lines) -> tuple[FloatArray, FloatArray]:
    """Return the diagonal of the quadratic term and the linear term of the sum of squares over claims.

    Both are scaled by the median claim, since solvers regularize terms as small as one over a claim.
    """
    scale = float(np.median(lines.claims))
    return 2.0 * scale / lines.claims, -2.0 * scale * lines.shift / BASIS


def by_highs(lines: Lines) -> Answer:
    """Solve by the active set method of HiGHS."""
    highspy, count = import_module("highspy"), len(lines.claims)
    square, linear = costs(lines)
    model = highspy.HighsModel()
    program, hessian = model.lp_, model.hessian_
    program.num_col_, program.num_row_ = count, 1
    program.col_cost_ = linear
    program.col_lower_, program.col_upper_ = lines.lower.astype(float), lines.upper.astype(float)
    program.row_lower_ = program.row_upper_ = np.array([float(lines.envelope)])
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.array([0, count])
    program.a_matrix_.index_, program.a_matrix_.value_ = np.arange(count), np.ones(count)
    hessian.dim_, hessian.format_ = count, highspy.HessianFormat.kTriangular
    hessian.start_, hessian.index_, hessian.value_ = np.arange(count + 1), np.arange(count), square
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", PATIENCE)
    solver.setOptionValue("qp_regularization_value", 0.0)
    solver.passModel(model)
    solver.run()
    status = solver.modelStatusToString(solver.getModelStatus())
    return Answer(status, np.array(solver.getSolution().col_value))


def by_clarabel(lines: Lines) -> Answer:
    """Solve by the interior point method of Clarabel."""
    clarabel, sparse, count = import_module("clarabel"), import_module("scipy.sparse"), len(lines.claims)
    square, linear = costs(lines)
    rows = sparse.vstack([np.ones((1, count)), sparse.eye(count), -sparse.eye(count)], format="csc")
    right = np.concatenate([[lines.envelope], lines.upper, -lines.lower]).astype(float)
    settings = clarabel.DefaultSettings()
    settings.verbose, settings.time_limit = False, PATIENCE
    cones = [clarabel.ZeroConeT(1), clarabel.NonnegativeConeT(2 * count)]
    found = clarabel.DefaultSolver(
        sparse.diags(square, format="csc"), linear, rows, right, cones, settings
    ).solve()
    return Answer(str(found.status), np.array(found.x))


def by_osqp(lines: Lines) -> Answer:
    """Solve by the operator splitting of OSQP, asked for more than its usual precision."""
    osqp, sparse, count = import_module("osqp"), import_module("scipy.sparse"), len(lines.claims)
    square, linear = costs(lines)
    solver = osqp.OSQP()
    solver.setup(
        P=sparse.diags(square, format="csc"),
        q=linear,
        A=sparse.vstack([np.ones((1, count)), sparse.eye(count)], format="csc"),
        l=np.concatenate([[lines.envelope], lines.lower]).astype(float),
        u=np.concatenate([[lines.envelope], lines.upper]).astype(float),
        verbose=False,
        eps_abs=1e-6,
        eps_rel=1e-6,
        max_iter=20_000,
        time_limit=PATIENCE,
    )
    found = solver.solve()
    return Answer(str(found.info.status), np.array(found.x))


SOLVERS: dict[str, tuple[str, Callable[[Lines], Answer]]] = {
    "highspy": ("HiGHS", by_highs),
    "clarabel": ("Clarabel", by_clarabel),
    "osqp": ("OSQP", by_osqp),
}


def main(count: int = 100_000, rounds: int = 3) -> None:
    """Time each solver after rule A in the same run, and print ratios and errors."""
    lines = drawn(count)
    fill(*lines)
    ours = median(seconds(lambda: fill(*lines)) for _ in range(11))
    print(f"{count:,} lines: rule A, exact whole units {1e3 * ours:8.2f} ms")
    for module, (name, solve) in SOLVERS.items():
        print(f"{name:<10}{_told(module, solve, lines, ours, rounds)}", flush=True)


def _told(module: str, solve: Callable[[Lines], Answer], lines: Lines, ours: float, rounds: int) -> str:
    """Return what one solver took and missed."""
    try:
        import_module(module)
    except ImportError:
        return "missing: pip install -r benchmarks/requirements.txt"
    answers: list[Answer] = []
    times = [seconds(lambda: answers.append(solve(lines)))]
    if times[0] < PATIENCE / rounds:
        times += [seconds(lambda: solve(lines)) for _ in range(rounds - 1)]
    spent, (status, units) = median(times), answers[0]
    told = f"{1e3 * spent:10.1f} ms, {spent / ours:,.0f} times as long, says {status!r}"
    if len(units) != len(lines.claims) or not np.isfinite(units).all():
        return f"{told}: no figures"
    off = float(np.abs(units - wanted(lines)).max())
    sum_off = abs(float(units.sum()) - lines.envelope)
    return f"{told}: a line is off by up to {off:.2g} units, the sum by {sum_off:.2g}"


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
