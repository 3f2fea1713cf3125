package io.tidemark.ingest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What everyone may know of the intake: nothing of who uses the server, and how much.
///
/// @param open whether records are taken
/// @param reason why the database takes none
/// @param since when the database stopped taking records
/// @param spoolPercent how full the spool is, rounded up
record IntakeStatus(
    @Schema(description = "Whether records are taken: into the database, or into the spool")
        boolean open,
    @Schema(description = "Why the database takes no records; null when it does")
        @Nullable String reason,
    @Schema(description = "When the database stopped taking records; null when it does")
        @Nullable Instant since,
    @Schema(
            description =
                "How full the spool is, rounded up; 0 when no record waits in it, null when it is off")
        @Nullable Integer spoolPercent) {}
