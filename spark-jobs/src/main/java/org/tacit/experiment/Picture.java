package org.tacit.experiment;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.tacit.result.ResultFile;

/**
 * A picture of so many units, drawn twice: as SVG, and as PNG of two pixels a unit.
 *
 * @param drawing draws it from (0, 0) at the top left
 */
public record Picture(String name, int width, int height, Consumer<Graphics2D> drawing) {
  private static final int PIXELS_A_UNIT = 2;

  List<ResultFile> files() {
    return List.of(
        new File(name + ".svg", this::writeSvg), new File(name + ".png", this::writePng));
  }

  private void writeSvg(OutputStream out) throws IOException {
    VectorGraphics2D graphics = new VectorGraphics2D();
    drawing.accept(graphics);
    Document document =
        new SVGProcessor().getDocument(graphics.getCommands(), new PageSize(0, 0, width, height));
    document.writeTo(out);
  }

  private void writePng(OutputStream out) throws IOException {
    BufferedImage image =
        new BufferedImage(
            PIXELS_A_UNIT * width, PIXELS_A_UNIT * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.scale(PIXELS_A_UNIT, PIXELS_A_UNIT);
      graphics.setColor(java.awt.Color.WHITE);
      graphics.fillRect(0, 0, width, height);
      drawing.accept(graphics);
    } finally {
      graphics.dispose();
    }
    ImageIO.write(image, "png", out);
  }

  /** Writes one of the two. */
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** One of the two, under its name. */
  private record File(String name, Content content) implements ResultFile {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      content.writeTo(out);
    }
  }
}
