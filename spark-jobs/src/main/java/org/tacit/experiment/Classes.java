package org.tacit.experiment;

import java.util.Random;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;

/**
 * Rows of classes made by seed, as scikit-learn's make_classification makes them: a tenth of the
 * features are normal around the class's corner of a cube, a tenth combinations of those, the
 * others noise.
 */
final class Classes {
  private Classes() {}

  /** The rows, in no order of classes; their features of deviation about 1 / sqrt(features). */
  static Samples of(long seed, int rows, int features, int classes, double separation) {
    Random random = new Random(seed);
    int informative = Math.max(2, features / 10);
    Matrix corners = normal(random, classes, informative).map(v -> v < 0 ? -1 : 1);
    Matrix mixing = normal(random, informative, informative).times(1 / Math.sqrt(informative));
    double[] labels = IntStream.range(0, rows).mapToDouble(i -> random.nextInt(classes)).toArray();
    double[] elements = normal(random, rows, informative).toArray();
    for (int i = 0; i < elements.length; i++) {
      int label = (int) labels[i / informative];
      elements[i] += separation * corners.at(label, i % informative);
    }
    Matrix told = Matrix.adopting(rows, informative, elements);
    Matrix noise = normal(random, rows, features - 2 * informative);
    Matrix all = Matrix.beside(java.util.List.of(told, told.times(mixing), noise));
    Samples samples = new Samples(all, Matrix.column(labels));
    Samples standard = samples.standardisedLike(samples);
    return new Samples(standard.features().times(1 / Math.sqrt(features)), samples.labels());
  }

  private static Matrix normal(Random random, int rows, int cols) {
    double[] elements = new double[Math.multiplyExact(rows, cols)];
    java.util.Arrays.setAll(elements, i -> random.nextGaussian());
    return Matrix.adopting(rows, cols, elements);
  }
}
