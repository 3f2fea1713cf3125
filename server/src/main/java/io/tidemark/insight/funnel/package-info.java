/// Funnels: who took steps one after the other. Rows of detail that are a step come from PostgreSQL
/// in pieces of time, each as a few arrays; what each person has reached is carried from piece to
/// piece here. Uses `select` for what a step is; reads detail and owns no table.
@NullMarked
package io.tidemark.insight.funnel;

import org.jspecify.annotations.NullMarked;
