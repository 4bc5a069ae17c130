package org.tacit.experiment;

import com.typesafe.config.Config;
import java.util.Locale;
import java.util.function.Consumer;
import org.tacit.config.Section;

/** What an experiment is run with: its configuration, and somebody to tell how it goes. */
public final class Setup {
  private final Config config;
  private final String folder;
  private final Consumer<String> listener;

  /**
   * @param folder of the configuration, which paths in it are relative to
   * @param listener is told a line a stage
   */
  public Setup(Config config, String folder, Consumer<String> listener) {
    this.config = config;
    this.folder = folder;
    this.listener = listener;
  }

  /** The configuration, of these keys; any other is refused. */
  public Section settings(String... known) {
    return Section.root(config, known);
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
