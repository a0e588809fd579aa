package io.medtwin.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.TestInstallation;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileCatalog;
import io.medtwin.twin.profile.ProfileDiff;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every profile against its last release: readers of twins rely on it. */
class ReleasedProfilesTest {

  static Stream<Profile> released() throws Exception {
    var problems = new Problems();
    var folder = TestInstallation.ROOT.resolve("device-profiles/released");
    var released = ProfileCatalog.read(List.of(folder), problems);
    problems.throwIfAny();
    assertThat(released.all()).isNotEmpty();
    return released.all().stream();
  }

  @ParameterizedTest
  @MethodSource("released")
  void theVersionRoseAsFarAsItsChangesAsk(Profile released) throws Exception {
    var now = TestInstallation.profiles().find(released.id());

    assertThat(now).as("a released profile is still there").isPresent();
    assertThat(ProfileDiff.versionFaults(released, now.get())).isEmpty();
  }
}
