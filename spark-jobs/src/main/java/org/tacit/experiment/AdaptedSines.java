package org.tacit.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.tacit.matrix.Matrix;

/** A few sines side by side: the points adapted to, and what networks make of them. */
final class AdaptedSines {
  private static final int PANELS = 3;
  private static final int WIDTH = 460;
  private static final int HEIGHT = 420;

  private final Adaptation adaptation;
  private final List<SineTasks.Example> examples = new ArrayList<>();

  /** Of sines drawn from {@code random}. */
  AdaptedSines(Adaptation adaptation, Random random) {
    this.adaptation = adaptation;
    for (int i = 0; i < PANELS; i++) {
      examples.add(adaptation.tasks().example(random));
    }
  }

  Picture picture(Matrix untrained, Matrix trained) {
    List<XYChart> charts = examples.stream().map(e -> chart(e, untrained, trained)).toList();
    return Picture.of(
        "adapted-sines",
        PANELS * WIDTH,
        HEIGHT,
        graphics -> {
          for (XYChart chart : charts) {
            chart.paint(graphics, WIDTH, HEIGHT);
            graphics.translate(WIDTH, 0);
          }
          graphics.translate(-PANELS * WIDTH, 0);
        });
  }

  private XYChart chart(SineTasks.Example example, Matrix untrained, Matrix trained) {
    SineTasks.Sine sine = example.sine();
    XYChart chart =
        Charts.linear(
            String.format(java.util.Locale.ROOT, "amplitude %.1f", sine.amplitude()), "x", "y");
    Charts.legendBelow(chart);
    chart.getStyler().setYAxisMin(-5.5).setYAxisMax(5.5);
    List<Integer> all = IntStream.range(0, adaptation.tasks().queries()).boxed().toList();
    Matrix adapted = adaptation.predictions(example.table(), trained);
    Matrix naive = adaptation.predictions(example.table(), untrained);
    Charts.line(chart, "meta-trained", all, adaptation.tasks()::grid, adapted::at);
    Charts.line(chart, "untrained", all, adaptation.tasks()::grid, naive::at);
    Charts.line(
        chart, "sine", all, adaptation.tasks()::grid, j -> sine.at(adaptation.tasks().grid(j)));
    Charts.points(chart, "points", example.points(), x -> x, sine::at);
    return chart;
  }
}
