package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacit.config.ConfigException;
import org.tacit.config.Hadoop;
import org.tacit.config.Lookup;

/** What a configuration takes from elsewhere: files beside it, and nothing else unasked. */
class ConfigTextTest {
  private static final String BASE =
      """
      data { train = a.csv, validation = b.csv, label = y }
      model { loss = logistic, intercept = true }
      theta = -7
      """;

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refusal(String text) throws IOException {
    String path = file("a.conf", text);
    return assertThatThrownBy(() -> ConfigFile.read(path, List.of(), Set.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(path);
  }

  @Test
  void anAddressNeedsNoQuotationMarksBehindSet() throws IOException {
    String path = file("a.conf", BASE);
    for (String address : List.of("hdfs://host:8020/b.csv", "s3a://bucket/c.csv", "file:/b.csv")) {
      for (String value : List.of(address, " " + address, "\"" + address + "\"")) {
        Settings settings =
            ConfigFile.read(path, List.of("data.validation=" + value), Set.of()).settings();
        assertThat(settings.places().configuration().get("data").toString()).contains(address);
      }
    }
  }

  @Test
  void anIncludedFileIsFoundBesideTheOneThatIncludesIt() throws IOException {
    file("base.conf", BASE);
    for (String include :
        List.of(
            "\"base.conf\"",
            "\"base\"",
            "file(\"base.conf\")",
            "required(file(\"base.conf\"))",
            "required(\"base.conf\")")) {
      String path = file("a.conf", "include " + include + "\ninner.tolerance = 1e-5\n");
      Settings settings = ConfigFile.read(path, List.of("theta=-3"), Set.of()).settings();
      assertThat(settings.theta()).as(include).containsExactly(-3.0);
      assertThat(settings.model().hasIntercept()).isTrue();
      assertThat(settings.inner().tolerance()).isEqualTo(1e-5);
      assertThat(settings.places().of("data.train")).isEqualTo("base.conf line 1: ");
    }
  }

  @Test
  void includesGoOnFromTheFolderOfTheIncludedFile() throws IOException {
    file("shared/base.conf", "include \"model.conf\"\n" + BASE.lines().findFirst().orElseThrow());
    file("shared/model.conf", "model.loss = squared\ntheta = 2\n");
    String path = file("a.conf", "include \"shared/base.conf\"\n");
    assertThat(ConfigFile.read(path, List.of(), Set.of()).settings().theta()).containsExactly(2.0);
    String inside = file("b.conf", BASE + "outer { include \"outer.conf\" }\n");
    file("outer.conf", "max-iterations = 7\n");
    assertThat(ConfigFile.read(inside, List.of(), Set.of()).settings().outer().maxIterations())
        .isEqualTo(7);
  }

  @Test
  void anIncludeThatIsNotThereIsRefused() throws IOException {
    refusal("include \"none.conf\"\n" + BASE)
        .hasMessageContaining("Invalid include none.conf: there is no file")
        .hasMessageContaining("must exist beside the file that includes it");
    String circle = file("c.conf", "include \"d.conf\"\n" + BASE);
    file("d.conf", "include \"c.conf\"\n");
    assertThatThrownBy(() -> ConfigFile.read(circle, List.of(), Set.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("c.conf: Invalid include d.conf: it includes itself");
    file("broken.conf", "theta = [1,\n");
    String broken = file("a.conf", "include \"broken.conf\"\n" + BASE);
    assertThatThrownBy(() -> ConfigFile.read(broken, List.of(), Set.of()))
        .hasMessageStartingWith("broken.conf line ");
  }

  @Test
  void addressesAndTheClassPathAreRefusedUnlessAllowed() throws IOException {
    String base = file("base.conf", BASE);
    String url = "include url(\"file://" + base + "\")\n";
    refusal(url)
        .hasMessageContaining("Invalid include url(file:")
        .hasMessageContaining("--allow url");
    refusal("include \"https://example.org/base.conf\"\n").hasMessageContaining("--allow url");
    refusal("include classpath(\"reference.conf\")\n" + BASE)
        .hasMessageContaining("--allow classpath");
    String path = file("a.conf", url);
    assertThat(ConfigFile.read(path, List.of(), Set.of(Lookup.URL)).settings().theta())
        .containsExactly(-7.0);
  }

  @Test
  void environmentVariablesAreRefusedUnlessTheyAreOursOrAllowed() throws IOException {
    refusal(BASE + "data.folder = ${PATH}\n")
        .hasMessageContaining("Refused reference ${PATH}: an environment variable")
        .hasMessageContaining("--allow environment");
    refusal(BASE + "data.folder = ${?NOBODY_HAS_THIS}\n").hasMessageContaining("NOBODY_HAS_THIS");
    String path = file("a.conf", BASE + "data.folder = ${PATH}\n");
    assertThat(
            ConfigFile.read(path, List.of(), Set.of(Lookup.ENVIRONMENT)).settings().data().folder())
        .contains(System.getenv("PATH"));
  }

  @Test
  void referencesToKeysAreNoLookUps() throws IOException {
    String path =
        file("a.conf", BASE + "inner.tolerance = 1e-6\nlinear.tolerance = ${inner.tolerance}\n");
    assertThat(ConfigFile.read(path, List.of(), Set.of()).settings().linear().tolerance())
        .isEqualTo(1e-6);
    refusal(BASE + "linear.tolerance = ${inner.tolerances}\n")
        .hasMessageContaining("inner.tolerances");
    String optional =
        file("a.conf", BASE + "data.exclude = [a]\ndata.exclude = ${?data.exclude} [b]\n");
    assertThat(
            ConfigFile.read(optional, List.of(), Set.of()).settings().data().columns().excluded())
        .containsExactly("a", "b");
  }

  @Test
  void hadoopSettingsOfSparkReachConfigurations() {
    Properties spark = new Properties();
    spark.setProperty("spark.hadoop.fs.s3a.access.key", "mine");
    assertThat(Hadoop.settings(spark).get("fs.s3a.access.key")).isEqualTo("mine");
  }
}
