package org.tacit.experiment;

import com.typesafe.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tacit.config.Section;

/** What an experiment is run with: its configuration, and somebody to tell how it goes. */
public final class Setup {
  private final Config config;
  private final String folder;
  private final Consumer<String> listener;
  private final boolean isMeasured;

  /**
   * @param folder of the configuration, which paths in it are relative to
   * @param listener is told a line a stage
   */
  public Setup(Config config, String folder, Consumer<String> listener) {
    this(config, folder, listener, true);
  }

  private Setup(Config config, String folder, Consumer<String> listener, boolean isMeasured) {
    this.config = config;
    this.folder = folder;
    this.listener = listener;
    this.isMeasured = isMeasured;
  }

  /** The same without the measurement of memory, for which work is done again and again. */
  public Setup unmeasured() {
    return new Setup(config, folder, listener, false);
  }

  /** What work returns and costs. */
  <T> Cost<T> cost(Supplier<T> work) {
    return isMeasured ? Cost.of(work) : Cost.ofTime(work);
  }

  /** The same of two stages, the second from what the first returns. */
  <A, T> Cost<T> cost(Supplier<A> first, Function<A, T> second) {
    return cost(first).and(this::cost, second);
  }

  /** The configuration, of these keys; any other is refused. One text may name several. */
  public Section settings(String... known) {
    return Section.root(config, known);
  }

  /**
   * The rows of the CSV file under the key data, their labels under the key label; or those of a
   * folder of MNIST's.
   */
  Samples samples(Section settings) {
    String data = file(settings.requiredText("data"));
    return Files.isDirectory(Path.of(data))
        ? Idx.ofFolder(data)
        : Samples.ofCsv(data, settings.text("label").orElse("y"));
  }

  /** A path of the configuration: absolute as it is, else under its folder. */
  public String file(String path) {
    return path.startsWith("/") || path.contains(":") ? path : folder + "/" + path;
  }

  /** Tells how it goes. */
  public void say(String format, Object... values) {
    listener.accept(String.format(Locale.ROOT, format, values));
  }
}
