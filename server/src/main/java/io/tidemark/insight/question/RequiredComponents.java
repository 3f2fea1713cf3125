package io.tidemark.insight.question;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/// Reads records the way they are written: what is not `@Nullable` must be there and not be null,
/// but lists and maps that are absent are empty. Stateless.
final class RequiredComponents extends NopAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    return findComponent(member)
        .map(component -> !isNullable(component) && !isCollection(component))
        .orElse(null);
  }

  @Override
  public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    return findComponent(annotated)
        .filter(component -> !isNullable(component))
        .map(component ->
            JsonSetter.Value.forValueNulls(isCollection(component) ? Nulls.AS_EMPTY : Nulls.FAIL))
        .orElse(JsonSetter.Value.empty());
  }

  private static Optional<RecordComponent> findComponent(Annotated annotated) {
    if (annotated instanceof AnnotatedParameter parameter
        && parameter.getOwner() instanceof AnnotatedConstructor constructor
        && constructor.getDeclaringClass().isRecord()) {
      RecordComponent[] components = constructor.getDeclaringClass().getRecordComponents();
      return components.length == constructor.getParameterCount()
          ? Optional.of(components[parameter.getIndex()])
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static boolean isCollection(RecordComponent component) {
    return Collection.class.isAssignableFrom(component.getType())
        || Map.class.isAssignableFrom(component.getType());
  }
}
