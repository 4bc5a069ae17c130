package org.tacit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * The application jar lists what it holds of others, with the licences: {@code
 * META-INF/THIRD-PARTY.txt}.
 */
class ApplicationJarIT {
  private static final String OWN = "org/tacit/";
  private static final String SHADED = "org/tacit/shaded/";

  /** The artifacts by the package of ours that each is moved to. */
  private static final Map<String, String> BUNDLED =
      Map.of(
          "picocli", "info.picocli:picocli",
          "config", "com.typesafe:config",
          "erichseifert", "de.erichseifert.vectorgraphics2d:VectorGraphics2D");

  /** As in "(Apache-2.0) config (com.typesafe:config:1.4.10 - https://...)". */
  private static final Pattern LINE =
      Pattern.compile("\\s*\\(\\S.*\\) .*\\(([^:\\s(]+:[^:\\s]+):[^:\\s]+ - .*\\)");

  @Test
  void holdsNothingOfOthersButWhatTheListNames() throws IOException {
    try (JarFile jar = new JarFile(LocalCluster.application().toFile())) {
      assertThat(others(jar)).containsExactlyInAnyOrderElementsOf(BUNDLED.keySet());
      assertThat(listed(jar)).containsExactlyInAnyOrderElementsOf(BUNDLED.values());
      // The LGPL asks for its text, and for that of the GPL it refers to.
      assertThat(jar.getEntry("META-INF/licenses/LGPL-3.0.txt")).isNotNull();
      assertThat(jar.getEntry("META-INF/licenses/GPL-3.0.txt")).isNotNull();
    }
  }

  /**
   * The packages of ours that others' classes were moved to, and the names of classes that were not
   * moved.
   */
  private static List<String> others(JarFile jar) {
    return jar.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.endsWith(".class"))
        .filter(name -> !name.startsWith(OWN) || name.startsWith(SHADED))
        .map(name -> name.startsWith(SHADED) ? Path.of(name).getName(3).toString() : name)
        .distinct()
        .toList();
  }

  /** The artifacts of the list's lines, each of which names a licence first. */
  private static List<String> listed(JarFile jar) throws IOException {
    ZipEntry list = jar.getEntry("META-INF/THIRD-PARTY.txt");
    assertThat(list).as("META-INF/THIRD-PARTY.txt").isNotNull();
    String text = new String(jar.getInputStream(list).readAllBytes(), UTF_8);
    return text.lines()
        .map(LINE::matcher)
        .filter(line -> line.matches())
        .map(line -> line.group(1))
        .toList();
  }
}
