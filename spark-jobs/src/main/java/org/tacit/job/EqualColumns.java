package org.tacit.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;
import org.tacit.model.ColumnMoments;
import org.tacit.model.Model;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/**
 * Features that are the same in every training row, which only penalties tell apart: looked for
 * where a result is not to be trusted. One pass, where two have the same mean and deviation.
 */
final class EqualColumns {
  private static final int MOST = 20;
  private static final double SAME = 1e-12;

  private EqualColumns() {}

  /** What to say of the first pairs of them. */
  static Optional<String> warning(Workspace workspace, JobResult result) {
    boolean isTrusted = result.sensitivity().map(of -> of.certificate().isTrusted()).orElse(true);
    if (result.outcome().isAsAsked() && isTrusted) {
      return Optional.empty();
    }
    List<String> names = workspace.data().featureNames();
    List<String> equal =
        equal(workspace, alike(workspace.moments())).stream()
            .map(pair -> names.get(pair.first) + " and " + names.get(pair.second))
            .toList();
    return equal.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "columns that are the same in every training row: "
                + String.join(", ", equal)
                + " (leave one of each out by data.exclude, or make their penalty larger)");
  }

  private record Pair(int first, int second) {}

  private static List<Pair> alike(ColumnMoments moments) {
    Matrix mean = moments.mean();
    Matrix deviation = moments.deviation();
    List<Integer> order =
        IntStream.range(0, mean.size())
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(deviation::at).thenComparingDouble(mean::at))
            .toList();
    List<Pair> alike = new ArrayList<>();
    for (int k = 1; k < order.size() && alike.size() < MOST; k++) {
      int i = order.get(k - 1);
      int j = order.get(k);
      double size = SAME * (Math.abs(mean.at(i)) + deviation.at(i));
      if (size > 0
          && Math.abs(mean.at(i) - mean.at(j)) <= size
          && Math.abs(deviation.at(i) - deviation.at(j)) <= size) {
        alike.add(new Pair(Math.min(i, j), Math.max(i, j)));
      }
    }
    return alike;
  }

  private static List<Pair> equal(Workspace workspace, List<Pair> alike) {
    if (alike.isEmpty()) {
      return List.of();
    }
    Rows rows = new Rows(Model.TRAIN, workspace.data().train().schema());
    double[] differences = new double[workspace.data().featureNames().size() * alike.size()];
    for (int k = 0; k < alike.size(); k++) {
      differences[alike.get(k).first * alike.size() + k] = 1;
      differences[alike.get(k).second * alike.size() + k] = -1;
    }
    Var between =
        Var.constant(Matrix.of(workspace.data().featureNames().size(), alike.size(), differences));
    Var squares = rows.features().matmul(between).square().sumRows();
    Matrix found = workspace.value("check", squares, Map.of());
    return IntStream.range(0, alike.size())
        .filter(k -> found.at(0, k) == 0)
        .mapToObj(alike::get)
        .toList();
  }
}
