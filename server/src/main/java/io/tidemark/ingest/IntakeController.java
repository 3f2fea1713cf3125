package io.tidemark.ingest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whether records are taken, over HTTP.
@RestController
@Tag(name = "Intake")
final class IntakeController {

  private final IntakeState intake;

  IntakeController(IntakeState intake) {
    this.intake = intake;
  }

  @Operation(
      summary = "Whether records are taken; if not, why and since when",
      description =
          "Needs no key and no session, and answers at once whatever the database does. Always 200.")
  @SecurityRequirements
  @GetMapping("/api/v1/intake")
  IntakeStatus status() {
    return intake.now();
  }
}
