package org.tacit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource({
    "s3a://ID:kEy@bucket/a.csv, s3a://(redacted)@bucket/a.csv",
    "s3a://ID:k/E@y@bucket, s3a://(redacted)@bucket",
    "read https://u:p@host/x?a=1 twice, read https://(redacted)@host/x?a=1 twice",
    "https://t0ken@host, https://(redacted)@host",
    "wasbs://a@b/c?sv=1&sig=q%3D&se=2, wasbs://a@b/c?sv=1&sig=(redacted)&se=2",
    "x?X-Amz-Signature=ab&X-Amz-Security-Token=t, x?X-Amz-Signature=(redacted)&X-Amz-Security-Token=(redacted)",
    "--set spark.hadoop.fs.s3a.secret.key=h2: Unknown, --set spark.hadoop.fs.s3a.secret.key=(redacted): Unknown"
  })
  void passwordsAndSignaturesInAddressesAreNotShown(String text, String shown) {
    assertThat(Secrets.redacted(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abfss://container@account.dfs.core.windows.net/data",
        "hdfs://127.0.0.1:8020/tacit@home",
        "file:///a:b@c",
        "mail@example.org: a"
      })
  void otherTextsAreLeftAlone(String text) {
    assertThat(Secrets.redacted(text)).isEqualTo(text);
  }

  @Test
  void whatIsNotSetStaysSo() {
    Map<String, Object> grid = new HashMap<>();
    grid.put("grid", null);
    assertThat(Secrets.redacted(Map.of("outer", grid))).isEqualTo(Map.of("outer", grid));
  }

  @Test
  void whatKeysCallASecretIsNotShown() {
    Map<String, Object> configuration =
        Map.of(
            "data",
            Map.of("path", "s3a://ID:kEy@bucket", "access.key", "kEy", "columns", List.of("token")),
            "dbPassword",
            List.of("kEy"),
            "theta",
            -1.5);
    Map<String, Object> shown = Secrets.redacted(configuration);
    assertThat(shown.toString()).doesNotContain("kEy").contains("token", "-1.5");
    assertThat(shown.get("dbPassword")).isEqualTo(Secrets.REDACTED);
  }
}
