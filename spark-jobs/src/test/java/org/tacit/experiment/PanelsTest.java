package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PanelsTest {
  /** Nine units of every fifteen are painted. */
  private static final double PAINTED = 9.0 / 15;

  private static BufferedImage image(Chart chart) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Panels.of("panels", chart).files().get(1).writeTo(out);
    return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
  }

  private static int painted(BufferedImage image, int y, int from, int to) {
    int colour = Look.UNROLLED.colour().getRGB();
    return (int) IntStream.range(from, to).filter(x -> image.getRGB(x, y) == colour).count();
  }

  @Test
  void dashesRunOnThroughPointsThatAreCloserThanThey() throws IOException {
    Chart chart = new Chart("level", Axis.straight("x"), Axis.straight("y", 0.0, 2.0));
    List<Integer> points = IntStream.range(0, 3_000).boxed().toList();
    chart.add("dashed", Look.UNROLLED.line(), points, x -> x, x -> 1);
    BufferedImage image = image(chart);
    int middle = image.getWidth() / 2;
    int most =
        IntStream.range(0, 900)
            .map(y -> painted(image, y, middle - 300, middle + 300))
            .max()
            .orElse(0);
    assertThat(most / 600.0).isBetween(PAINTED - 0.1, PAINTED + 0.05);
  }
}
