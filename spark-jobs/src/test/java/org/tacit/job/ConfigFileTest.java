package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir private Path folder;

  private ConfigFile file() throws IOException {
    Path conf = folder.resolve("a.b.conf");
    Files.writeString(
        conf,
        """
        data { train = a.csv, validation = b.csv, label = y }
        model.loss = squared
        theta = 0
        """);
    return ConfigFile.read(conf.toString(), List.of());
  }

  @Test
  void resultsAreNamedAfterTheFile() throws IOException {
    assertThat(file().name()).isEqualTo("a.b");
  }

  @Test
  void relativePathsAreLookedForBesideTheFileFirst() throws IOException {
    ConfigFile file = file();
    assertThat(file.resolved("data/a.csv")).isEqualTo("data/a.csv");
    Files.createDirectory(folder.resolve("data"));
    Files.writeString(folder.resolve("data/a.csv"), "");
    assertThat(file.resolved("data/a.csv")).isEqualTo("file:" + folder.resolve("data/a.csv"));
    assertThat(file.resolved("/data/a.csv")).isEqualTo("/data/a.csv");
    assertThat(file.resolved("hdfs://host/a.csv")).isEqualTo("hdfs://host/a.csv");
  }

  @Test
  void aMissingConfigurationIsNamed() {
    String path = folder.resolve("none.conf").toString();
    assertThatThrownBy(() -> ConfigFile.read(path, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("No configuration file " + path + " (must be the path of a .conf file)");
  }
}
