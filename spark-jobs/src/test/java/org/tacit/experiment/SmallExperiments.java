package org.tacit.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tacit.result.ResultFile;

/** Experiments run at small sizes on their own configurations. */
final class SmallExperiments {
  private static final File FOLDER =
      new File(System.getProperty("basedir", "."), "../conf/experiments");

  private SmallExperiments() {}

  /** What an experiment finds under overrides, {@code key = value} a line. */
  static Findings findings(String name, String overrides) {
    Config config =
        ConfigFactory.parseString(overrides)
            .withFallback(ConfigFactory.parseFile(new File(FOLDER, name + ".conf")))
            .resolve();
    return Experiments.named(name)
        .orElseThrow()
        .run(new Setup(config, FOLDER.getPath(), line -> {}).unmeasured());
  }

  /** To do work with that needs no configuration. */
  static Setup unmeasured() {
    return new Setup(ConfigFactory.empty(), FOLDER.getPath(), line -> {}).unmeasured();
  }

  /** The bytes of its tables and pictures by name, but for those of costs. */
  static Map<String, String> files(Findings findings) {
    Map<String, String> files = new LinkedHashMap<>();
    for (ResultFile file : findings.files()) {
      if (!file.name().startsWith("costs") && !file.name().endsWith(".svg")) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
          file.writeTo(bytes);
        } catch (IOException unwritable) {
          throw new UncheckedIOException(unwritable);
        }
        files.put(file.name(), java.util.Base64.getEncoder().encodeToString(bytes.toByteArray()));
      }
    }
    return files;
  }
}
