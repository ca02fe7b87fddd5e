#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes own-consistency.tsv: what the checks of printed tables must find, by brute force. No package
of R has these checks with their intervals. GRIM and GRIMMER: all answers that n respondents can give.
Ranges: all corners of the box of rounding for what is largest, and a descent from many starts for the
smallest sum of squares, which is convex."""

import itertools
import math
import random
from fractions import Fraction

random.seed(20261122)
rows = []


def row(analysis, options, summary, stat, value):
    rows.append((f"c{len(rows) // 100}", "", analysis, options, summary, stat, repr(float(value)), "brute force"))


def near(value, printed, decimals):
    return abs(value - printed) <= Fraction(1, 2 * 10 ** decimals)


def rounded(x, decimals):
    return Fraction(round(x * 10 ** decimals), 10 ** decimals)


def text(x):
    return repr(float(x))


# GRIM and GRIMMER: every multiset of answers from 1 to 5
for n, items in ((2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1), (3, 2), (4, 2)):
    pairs = {(sum(p), sum(x * x for x in p))
             for p in itertools.combinations_with_replacement(range(items, 5 * items + 1), n)}
    for _ in range(40):
        m = Fraction(random.randint(100, 500), 100)
        sd = Fraction(random.randint(0, 220), 100)
        if random.random() < 0.6:
            t, q = random.choice(sorted(pairs))
            m = rounded(Fraction(t, n * items), 2)
            sd = rounded(Fraction(math.sqrt((q - t * t / n) / (n - 1)) / items), 2)
            sd = max(Fraction(0), sd + random.choice((-1, 0, 0, 1)) * Fraction(1, 100))
        means = [t for t, _ in pairs if near(Fraction(t, n * items), m, 2)]
        possible = any(
            (lambda v: (max(Fraction(0), sd - Fraction(1, 200))) ** 2 <= v <= (sd + Fraction(1, 200)) ** 2)(
                (q - Fraction(t * t, n)) / (n - 1) / items ** 2)
            for t, q in pairs if near(Fraction(t, n * items), m, 2))
        options = f"items={items} min=1 max=5"
        row("grim", options, f"{n} {text(m)}", "attainable", bool(means))
        row("grimmer", options, f"{n} {text(m)} {text(sd)}", "attainable", possible)


# Ranges
def half(x):
    return (x - 0.005, x + 0.005)


def between(ns, means):
    total = sum(ns)
    mean = math.fsum(n * m for n, m in zip(ns, means)) / total
    return math.fsum(n * (m - mean) ** 2 for n, m in zip(ns, means))


def least(ns, boxes):
    """Coordinate descent: each mean goes to the mean of the others, as far as its box lets it."""
    best = math.inf
    for start in range(6):
        means = [random.uniform(*b) for b in boxes]
        for _ in range(4000):
            for i, (low, high) in enumerate(boxes):
                others = math.fsum(n * m for j, (n, m) in enumerate(zip(ns, means)) if j != i)
                means[i] = min(max(others / (sum(ns) - ns[i]), low), high)
        best = min(best, between(ns, means))
    return best


for _ in range(30):
    k = random.randint(2, 5)
    ns = [random.randint(2, 90) for _ in range(k)]
    means = [round(random.uniform(2.5, 4.5), 2) for _ in range(k)]
    if random.random() < 0.3:
        means = [round(3 + random.uniform(-0.02, 0.02), 2) for _ in range(k)]
    sds = [round(random.uniform(0.3, 1.2), 2) for _ in range(k)]
    boxes = [half(m) for m in means]
    low, high = least(ns, boxes), max(between(ns, c) for c in itertools.product(*boxes))
    within = [math.fsum((n - 1) * (s + d) ** 2 for n, s in zip(ns, sds)) for d in (-0.005, 0.005)]
    df1, df2 = k - 1, sum(ns) - k
    groups = "; ".join(f"{n} {m} {s}" for n, m, s in zip(ns, means, sds))
    row("recompute-anova", "", groups, "f_range/low", low / df1 / (within[1] / df2))
    row("recompute-anova", "", groups, "f_range/high", high / df1 / (within[0] / df2))
    total = sum(ns)
    table = f"{total} 3.5 0.8; {groups}"
    row("check-total", "", table, "sd/low", math.sqrt((within[0] + low) / (total - 1)))
    row("check-total", "", table, "sd/high", math.sqrt((within[1] + high) / (total - 1)))
    row("check-total", "", table, "mean/low", math.fsum(n * b[0] for n, b in zip(ns, boxes)) / total)
    row("check-total", "", table, "mean/high", math.fsum(n * b[1] for n, b in zip(ns, boxes)) / total)

    # Student's t of the first two: all corners; its least size is 0 where the means' intervals meet
    def t(m1, s1, m2, s2):
        n1, n2 = ns[0], ns[1]
        pooled = ((n1 - 1) * s1 * s1 + (n2 - 1) * s2 * s2) / (n1 + n2 - 2)
        return (m1 - m2) / math.sqrt(pooled * (1 / n1 + 1 / n2))

    def welch(m1, s1, m2, s2):
        return (m1 - m2) / math.sqrt(s1 * s1 / ns[0] + s2 * s2 / ns[1])

    two = "; ".join(groups.split("; ")[:2])
    for name, function in (("student", t), ("welch", welch)):
        values = [function(*c) for c in itertools.product(boxes[0], half(sds[0]), boxes[1], half(sds[1]))]
        row("recompute-t", f"variant={name}", two, "t_range/low", min(values))
        row("recompute-t", f"variant={name}", two, "t_range/high", max(values))

# Scales
for _ in range(30):
    j = random.randint(2, 4)
    items = [random.randint(2, 6) for _ in range(j)]
    k, n = sum(items), random.randint(10, 150)
    means = [float(rounded(Fraction(random.randint(2 * n * i, 4 * n * i), n * i), 2)) for i in items]
    sds = [round(random.uniform(0.4, 1), 2) for _ in range(j)]
    lows = [round(random.uniform(0.4, 0.7), 2) for _ in range(j)]
    highs = [round(random.uniform(0.7, 0.9), 2) for _ in range(j)]
    sd = round(sum(i * s for i, s in zip(items, sds)) / k * random.uniform(0.7, 0.98), 2)
    points = []
    for i, m in zip(items, means):
        exact = Fraction(str(m))
        points.append([t for t in range(5 * n * i + 1) if near(Fraction(t, n * i), exact, 2)])
    table = f"{k} 3.5 {sd}; " + "; ".join(f"{i} {m} {s}" for i, m, s in zip(items, means, sds))
    row("check-subscales", f"n={n}", table, "points/low", sum(p[0] for p in points))
    row("check-subscales", f"n={n}", table, "points/high", sum(p[-1] for p in points))
    sums = [sum(i * h[e] for i, h in zip(items, map(half, means))) / k for e in (0, 1)]
    row("check-subscales", f"n={n}", table, "mean_range/low", sums[0])
    row("check-subscales", f"n={n}", table, "mean_range/high", sums[1])
    alphas = []
    for corner in itertools.product((0, 1), repeat=1 + 2 * j):
        v = (k * half(sd)[corner[0]]) ** 2
        item = 0
        for a in range(j):
            s = half(sds[a])[corner[1 + a]]
            alpha = (lows[a] - 0.005, highs[a] + 0.005)[corner[1 + j + a]]
            item += (items[a] * s) ** 2 * (1 - alpha * (items[a] - 1) / items[a])
        alphas.append(min(1, k / (k - 1) * (1 - item / v)))
    table = f"{k} {sd} 0.8 0.8; " + "; ".join(
        f"{i} {s} {lo} {hi}" for i, s, lo, hi in zip(items, sds, lows, highs))
    row("check-alpha", "", table, "alpha/low", min(alphas))
    row("check-alpha", "", table, "alpha/high", max(alphas))

with open("own-consistency.tsv", "w", encoding="utf-8") as file:
    file.write("# Python, standard library only: brute force (make-consistency.py), seed 20261122\n")
    file.write("case\tdata\tanalysis\tvars\tterm\tstat\tvalue\tsource\n")
    for r in rows:
        file.write("\t".join(r) + "\n")
