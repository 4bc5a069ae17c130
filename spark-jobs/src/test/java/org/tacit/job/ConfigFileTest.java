package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacit.config.ConfigException;

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
    return ConfigFile.read(conf.toString(), List.of(), Set.of());
  }

  @Test
  void resultsAreNamedAfterTheFile() throws IOException {
    assertThat(file().name()).isEqualTo("a.b");
  }

  @Test
  void relativePathsAreLookedForBesideTheFileFirst() throws IOException {
    ConfigFile file = file();
    assertThat(file.candidates("data/a.csv"))
        .containsExactly("file:" + folder.resolve("data/a.csv"), "data/a.csv");
    assertThat(file.candidates("/data/a.csv")).containsExactly("/data/a.csv");
    assertThat(file.candidates("hdfs://host/a.csv")).containsExactly("hdfs://host/a.csv");
    Files.createDirectory(folder.resolve("data"));
    Files.writeString(folder.resolve("data/a.csv"), "");
    assertThat(DataPath.found(file, "data.train", "data/a.csv"))
        .isEqualTo("file:" + folder.resolve("data/a.csv"));
  }

  @Test
  void outputGoesBesideTheFileWhetherItIsThereOrNot() throws IOException {
    ConfigFile file = file();
    String beside = "file:" + folder.resolve("out");
    assertThat(file.beside("out")).isEqualTo(beside);
    Files.createDirectory(folder.resolve("out"));
    assertThat(file.beside("out")).isEqualTo(beside);
    assertThat(file.beside("/out")).isEqualTo("/out");
  }

  @Test
  void aMissingFileIsNamedWithBothPlaces() throws IOException {
    ConfigFile file = file();
    String here = java.nio.file.Path.of("").toAbsolutePath().toString();
    assertThatThrownBy(() -> DataPath.found(file, "data.train", "b/none.csv"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            folder.resolve("a.b.conf")
                + " line 1: Missing file: b/none.csv, looked for at file:"
                + folder
                + "/b/none.csv and file:"
                + here
                + "/b/none.csv (must be in one of them)");
  }

  @Test
  void aNameOfDotsAloneIsRefused() throws IOException {
    Path conf = folder.resolve("...conf");
    Files.writeString(conf, "");
    assertThatThrownBy(() -> ConfigFile.read(conf.toString(), List.of(), Set.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Invalid name of configuration ...conf");
  }

  @Test
  void aMissingConfigurationIsNamed() {
    String path = folder.resolve("none.conf").toString();
    assertThatThrownBy(() -> ConfigFile.read(path, List.of(), Set.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("No configuration file " + path + " (must be the path of a .conf file)");
  }
}
