"use strict";
(() => {
  const data = JSON.parse(document.getElementById("report-data").textContent);
  const { targets } = data.summary;
  const limited = targets.filter(target => target.budgetMilliseconds !== null);
  const narrow = matchMedia("(max-width: 700px)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const seriesColours = 4;
  const labelRows = 2;
  let charts = [];

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const seriesColour = index => colour(`series-${index % seriesColours}`);
  const milliseconds = value => `${value.toFixed(value > 0 ? Math.min(Math.max(2 - Math.floor(Math.log10(value)), 0), 4) : 2)} ms`;
  const percent = value => `${value.toFixed(1)} %`;
  const byX = points => [...points].sort((a, b) => a.x - b.x);

  function axis(title, extra = {}) {
    return {
      title: { display: Boolean(title), text: title, color: colour("muted") },
      ticks: { color: colour("muted"), ...extra.ticks },
      grid: { color: colour("line") },
      border: { color: colour("line") },
      ...Object.fromEntries(Object.entries(extra).filter(([key]) => key !== "ticks")),
    };
  }

  const legend = (position, shows = () => true) =>
    ({ position, align: "start", labels: { color: colour("text"), usePointStyle: true, boxHeight: 8, padding: 14, filter: item => shows(item.text) } });

  /* Dashed lines at the budgets, along x or y, each with its target's name. */
  function budgets(direction) {
    return {
      id: "budgets",
      beforeDatasetsDraw({ ctx, chartArea, scales }) {
        ctx.save();
        ctx.strokeStyle = colour("muted");
        ctx.setLineDash([5, 4]);
        for (const target of limited) {
          const at = scales[direction].getPixelForValue(target.budgetMilliseconds);
          const [from, to] = direction === "x" ? [[at, chartArea.top], [at, chartArea.bottom]] : [[chartArea.left, at], [chartArea.right, at]];
          ctx.beginPath();
          ctx.moveTo(...from);
          ctx.lineTo(...to);
          ctx.stroke();
        }
        ctx.font = `12px ${Chart.defaults.font.family}`;
        if (direction === "x") labelAbove(ctx, chartArea, scales.x);
        else labelLeft(ctx, chartArea, scales.y);
        ctx.restore();
      },
    };
  }

  /* Names above the plot; one that would touch its neighbour goes up a row. */
  function labelAbove(ctx, chartArea, scale) {
    let end = -Infinity, row = 0;
    ctx.textAlign = "center";
    ctx.fillStyle = colour("muted");
    for (const target of [...limited].sort((a, b) => a.budgetMilliseconds - b.budgetMilliseconds)) {
      const at = scale.getPixelForValue(target.budgetMilliseconds);
      const half = ctx.measureText(target.name).width / 2;
      row = at - half < end + 6 ? (row + 1) % labelRows : 0;
      end = Math.max(end, at + half);
      ctx.fillText(target.name, at, chartArea.top - 6 - 14 * row);
    }
  }

  /* Names on the lines where the falling curve leaves room. */
  function labelLeft(ctx, chartArea, scale) {
    ctx.textBaseline = "middle";
    for (const target of limited) {
      const name = `${target.name}, ${milliseconds(target.budgetMilliseconds)}`;
      const [x, y] = [chartArea.left + 12, scale.getPixelForValue(target.budgetMilliseconds)];
      ctx.fillStyle = colour("panel");
      ctx.fillRect(x - 4, y - 8, ctx.measureText(name).width + 8, 16);
      ctx.fillStyle = colour("muted");
      ctx.fillText(name, x, y);
    }
  }

  /* Ties every prediction to its measurement. */
  const predictionTies = {
    id: "prediction-ties",
    beforeDatasetsDraw({ ctx, scales }) {
      ctx.save();
      ctx.strokeStyle = colour("autoslim");
      for (const target of targets) {
        const y = scales.y.getPixelForValue(target.accuracy * 100);
        ctx.beginPath();
        ctx.moveTo(scales.x.getPixelForValue(target.predictedMilliseconds), y);
        ctx.lineTo(scales.x.getPixelForValue(target.measuredMilliseconds), y);
        ctx.stroke();
      }
      ctx.restore();
    },
  };

  function measured(label, name, pointStyle, points) {
    return {
      label, data: byX(points), showLine: true, borderColor: colour(name), backgroundColor: colour(name),
      borderWidth: 2, pointRadius: 6, pointHoverRadius: 8, pointStyle,
    };
  }

  function tradeoff() {
    const point = (x, y, target) => ({ x, y: y * 100, target: target.name });
    const predicted = targets.map(target => point(target.predictedMilliseconds, target.accuracy, target));
    const inView = [
      ...limited.map(target => target.budgetMilliseconds),
      ...targets.flatMap(target => [target.predictedMilliseconds, target.measuredMilliseconds, target.uniformMeasuredMilliseconds]),
    ];
    const margin = 0.08 * (Math.max(...inView) - Math.min(...inView)) || 0.1 * Math.max(...inView);
    return {
      type: "scatter",
      data: {
        datasets: [
          measured("AutoSlim", "autoslim", "circle", targets.map(target => point(target.measuredMilliseconds, target.accuracy, target))),
          measured("Uniform", "uniform", "rect", targets.map(target => point(target.uniformMeasuredMilliseconds, target.uniformAccuracy, target))),
          {
            label: "AutoSlim, predicted", data: predicted, borderColor: colour("autoslim"), backgroundColor: colour("panel"),
            borderWidth: 2, pointRadius: 5, pointStyle: "circle",
          },
        ],
      },
      options: {
        layout: { padding: { top: 12 + 14 * labelRows } },
        scales: {
          x: axis("Latency, ms", { suggestedMin: Math.max(0, Math.min(...inView) - margin), suggestedMax: Math.max(...inView) + margin }),
          y: axis("Top-1 accuracy, %", { grace: "15%" }),
        },
        plugins: {
          legend: legend("bottom"),
          tooltip: { callbacks: { label: ({ dataset, raw }) => `${dataset.label}, ${raw.target}: ${percent(raw.y)} in ${milliseconds(raw.x)}` } },
        },
      },
      plugins: [budgets("x"), predictionTies],
    };
  }

  function profile() {
    const direction = narrow.matches ? "y" : "x";
    const other = narrow.matches ? "x" : "y";
    const share = axis("Channels kept, %", { min: 0, max: 100 });
    const kept = targets.map((target, index) => ({
      label: target.name, data: data.groups.map(group => 100 * group.channels[index] / group.maximum),
      backgroundColor: seriesColour(index), categoryPercentage: 0.8, barPercentage: 0.95, pointStyle: "rect",
    }));
    const widest = {
      label: "widest", data: data.groups.map(() => 100), backgroundColor: colour("widest"), grouped: false, order: 1,
      categoryPercentage: 0.92, barPercentage: 1, pointStyle: "rect",
    };
    return {
      type: "bar",
      data: { labels: data.groups.map(group => `${group.name} (${group.maximum})`), datasets: [...kept, widest] },
      options: {
        indexAxis: direction,
        scales: { [direction]: axis("", { grid: { display: false }, ticks: { autoSkip: false } }), [other]: share },
        plugins: { legend: legend("top"), tooltip: { callbacks: { label: keptLabel } } },
      },
    };
  }

  function keptLabel({ dataset, datasetIndex, dataIndex }) {
    const group = data.groups[dataIndex];
    const channels = datasetIndex < targets.length ? group.channels[datasetIndex] : group.maximum;
    return `${dataset.label}: ${channels} of ${group.maximum} channels`;
  }

  /* One quantity over the steps; the marks are the steps that gave the targets their networks. */
  function overSteps(title, name, value, plugins) {
    const line = {
      label: title, data: data.steps.map(step => ({ x: step.step, y: value(step), group: step.group })), type: "line",
      borderColor: colour(name), backgroundColor: colour(name), borderWidth: 2, pointRadius: 0, pointHitRadius: 8,
    };
    const marks = targets
      .map((target, index) => ({ target, index, step: data.steps.find(step => step.step === data.chosenSteps[index]) }))
      .filter(mark => mark.step)
      .map(({ target, index, step }) => ({
        label: target.name, data: [{ x: step.step, y: value(step), group: step.group }], type: "scatter", order: -1,
        backgroundColor: seriesColour(index), borderColor: colour("panel"), borderWidth: 1.5, pointRadius: 7,
        pointStyle: ["circle", "triangle", "rectRot", "rect"][index % seriesColours],
      }));
    return {
      type: "line",
      data: { datasets: [line, ...marks] },
      options: {
        scales: { x: axis("Step", { type: "linear", ticks: { precision: 0 } }), y: axis(title, { grace: "8%" }) },
        plugins: {
          legend: legend("top", text => text !== title),
          tooltip: { callbacks: { title: () => "", label: ({ raw }) => `step ${raw.x}${raw.group ? `, slimmed ${raw.group}` : ""}: ${raw.y.toFixed(3)}` } },
        },
      },
      plugins,
    };
  }

  function draw() {
    charts.forEach(chart => chart.destroy());
    Chart.defaults.animation = false;
    Chart.defaults.maintainAspectRatio = false;
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    document.getElementById("profile-plot").style.height =
      narrow.matches ? `${120 + data.groups.length * (10 + 7 * targets.length)}px` : "400px";
    const plots = {
      tradeoff: tradeoff(),
      profile: profile(),
      latency: overSteps("Predicted latency, ms", "autoslim", step => step.latencyMilliseconds, [budgets("y")]),
      loss: overSteps("Held-out loss", "uniform", step => step.loss, []),
    };
    charts = Object.entries(plots).map(([id, plot]) => new Chart(document.getElementById(id), plot));
  }

  narrow.addEventListener("change", draw);
  dark.addEventListener("change", draw);
  draw();
})();
