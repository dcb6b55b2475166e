package io.depthcast.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ReportPicturesTest {

  @Test
  void drawsTheMainFigures() throws IOException {
    Path folder = Files.createDirectories(Path.of("target/report-sample"));
    List<String> seen = new ArrayList<>();
    for (Map.Entry<String, byte[]> picture : ReportPictures.draw(SampleReport.data()).entrySet()) {
      Files.write(folder.resolve(picture.getKey()), picture.getValue());
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.getValue()));
      seen.add(picture.getKey() + " " + image.getWidth() + "x" + image.getHeight());
      assertThat(colors(image)).as(picture.getKey()).isGreaterThan(20);
    }
    assertThat(seen)
        .containsExactly(
            "macro-f1.png 1100x480", "equity.png 1100x760", "feature-correlation.png 1100x1000");
  }

  @Test
  void leavesOutWhatIsMissing() {
    assertThat(ReportPictures.draw(SampleReport.empty())).isEmpty();
  }

  private static long colors(BufferedImage image) {
    return Arrays.stream(
            image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
        .distinct()
        .count();
  }
}
