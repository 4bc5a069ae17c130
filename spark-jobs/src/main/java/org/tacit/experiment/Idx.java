package org.tacit.experiment;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.tacit.config.ConfigException;
import org.tacit.matrix.Matrix;

/** The 10,000 test images of MNIST in the gzipped IDX files of LeCun, Cortes and Burges. */
final class Idx {
  private static final String IMAGES = "t10k-images-idx3-ubyte.gz";
  private static final String LABELS = "t10k-labels-idx1-ubyte.gz";

  private Idx() {}

  static Samples ofFolder(String folder) {
    Matrix labels = bytes(Path.of(folder, LABELS), 1);
    Matrix images = bytes(Path.of(folder, IMAGES), 3);
    if (images.rows() != labels.rows()) {
      throw new ConfigException(
          folder + ": " + images.rows() + " images, " + labels.rows() + " labels (must be equal)");
    }
    return new Samples(images, labels);
  }

  /** One row for each of the first dimension. */
  private static Matrix bytes(Path file, int dimensions) {
    try (var in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      int magic = in.readInt();
      if (magic != 0x800 + dimensions) {
        throw new ConfigException(
            file + ": begins with " + magic + " (must be " + (0x800 + dimensions) + ", bytes)");
      }
      int rows = in.readInt();
      int cols = 1;
      for (int d = 1; d < dimensions; d++) {
        cols = Math.multiplyExact(cols, in.readInt());
      }
      double[] elements = new double[Math.multiplyExact(rows, cols)];
      byte[] bytes = in.readNBytes(elements.length);
      if (bytes.length < elements.length) {
        throw new ConfigException(
            file + ": " + bytes.length + " bytes (must be " + elements.length + ")");
      }
      for (int i = 0; i < elements.length; i++) {
        elements[i] = bytes[i] & 0xff;
      }
      return Matrix.adopting(rows, cols, elements);
    } catch (IOException unreadable) {
      throw new ConfigException(
          "Cannot read data " + file + " (must be a gzipped IDX file)", unreadable);
    }
  }
}
