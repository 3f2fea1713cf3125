package io.tidemark.insight.question;

import java.util.function.BooleanSupplier;

/// Who asks.
///
/// @param showsPeople whether they may see who people are
/// @param isGone whether they have gone away; asked a few times a second, in the thread that asks
public record Asker(boolean showsPeople, BooleanSupplier isGone) {}
