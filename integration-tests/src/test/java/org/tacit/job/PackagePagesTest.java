package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tacit.fixtures.References;

/** The pages of packages say what is there. */
class PackagePagesTest {
  private static final Path CORE = sources("core");
  private static final int MOST_WORDS = 14;
  private static final Pattern FILE = Pattern.compile("\\{@code\\s+(?:\\*\\s+)?(\\w+/\\w+)\\}");
  private static final Pattern PUBLIC =
      Pattern.compile("(?m)^public (?:sealed |final )*(?:class|interface|record|enum) ");

  private static Path sources(String module) {
    return References.root().resolve(module + "/src/main/java/org/tacit");
  }

  private static String page(Path folder) throws IOException {
    return Files.readString(folder.resolve("package-info.java"));
  }

  @Test
  void theWalkNamesFilesThatThereAre() throws IOException {
    List<String> files =
        FILE.matcher(page(CORE)).results().map((MatchResult found) -> found.group(1)).toList();
    assertThat(files).hasSizeGreaterThan(20);
    for (String file : files) {
      assertThat(Stream.of(CORE, sources("spark-jobs")))
          .as(file)
          .anyMatch(sources -> Files.exists(sources.resolve(file + ".java")));
    }
  }

  @Test
  void fewWordsLeadFromAConfigurationToAHypergradient() throws IOException {
    String words = page(CORE).split("<ol>", -1)[1];
    assertThat(words.split("<li>", -1).length - 1).isBetween(1, MOST_WORDS);
  }

  @Test
  void everyPublicTypeOfCoreStandsInItsPage() throws IOException {
    List<Path> types;
    try (Stream<Path> all = Files.walk(CORE)) {
      types = all.filter(file -> file.toString().endsWith(".java")).toList();
    }
    for (Path file : types) {
      if (PUBLIC.matcher(Files.readString(file)).find()) {
        String name = file.getFileName().toString().replace(".java", "");
        assertThat(page(file.getParent()))
            .as(file.toString())
            .containsPattern("\\b" + name + "\\b");
      }
    }
  }
}
