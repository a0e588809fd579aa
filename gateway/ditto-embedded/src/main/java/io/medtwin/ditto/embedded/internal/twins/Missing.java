package io.medtwin.ditto.embedded.internal.twins;

import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.signals.commands.exceptions.PathUnknownException;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.ThingResourceMapper;
import org.eclipse.ditto.things.model.signals.commands.ThingResourceVisitor;
import org.eclipse.ditto.things.model.signals.commands.exceptions.AttributeNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.AttributesNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.FeatureDefinitionNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.FeatureDesiredPropertiesNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.FeatureDesiredPropertyNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.FeatureNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.FeaturePropertiesNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.FeaturePropertyNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.FeaturesNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.PolicyIdNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingDefinitionNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotAccessibleException;

/** The 404 of each part of a thing, by its path. */
final class Missing implements ThingResourceVisitor<ThingId, DittoRuntimeException> {
  private static final ThingResourceMapper<ThingId, DittoRuntimeException> BY_PATH =
      ThingResourceMapper.from(new Missing());

  private Missing() {}

  static DittoRuntimeException at(JsonPointer path, ThingId id) {
    return BY_PATH.map(path, id);
  }

  @Override
  public DittoRuntimeException visitThing(JsonPointer path, ThingId id) {
    return ThingNotAccessibleException.newBuilder(id).build();
  }

  @Override
  public DittoRuntimeException visitThingDefinition(JsonPointer path, ThingId id) {
    return ThingDefinitionNotAccessibleException.newBuilder(id).build();
  }

  @Override
  public DittoRuntimeException visitPolicyId(JsonPointer path, ThingId id) {
    return PolicyIdNotAccessibleException.newBuilder(id).build();
  }

  @Override
  public DittoRuntimeException visitAttributes(JsonPointer path, ThingId id) {
    return AttributesNotAccessibleException.newBuilder(id).build();
  }

  @Override
  public DittoRuntimeException visitAttribute(JsonPointer path, ThingId id) {
    return AttributeNotAccessibleException.newBuilder(id, extractAttributePath(path)).build();
  }

  @Override
  public DittoRuntimeException visitFeature(JsonPointer path, ThingId id) {
    return FeatureNotAccessibleException.newBuilder(id, extractFeatureId(path)).build();
  }

  @Override
  public DittoRuntimeException visitFeatures(JsonPointer path, ThingId id) {
    return FeaturesNotAccessibleException.newBuilder(id).build();
  }

  @Override
  public DittoRuntimeException visitFeatureDefinition(JsonPointer path, ThingId id) {
    return FeatureDefinitionNotAccessibleException.newBuilder(id, extractFeatureId(path)).build();
  }

  @Override
  public DittoRuntimeException visitFeatureProperties(JsonPointer path, ThingId id) {
    return FeaturePropertiesNotAccessibleException.newBuilder(id, extractFeatureId(path)).build();
  }

  @Override
  public DittoRuntimeException visitFeatureProperty(JsonPointer path, ThingId id) {
    return FeaturePropertyNotAccessibleException.newBuilder(
            id, extractFeatureId(path), extractFeaturePropertyPath(path))
        .build();
  }

  @Override
  public DittoRuntimeException visitFeatureDesiredProperties(JsonPointer path, ThingId id) {
    return FeatureDesiredPropertiesNotAccessibleException.newBuilder(id, extractFeatureId(path))
        .build();
  }

  @Override
  public DittoRuntimeException visitFeatureDesiredProperty(JsonPointer path, ThingId id) {
    return FeatureDesiredPropertyNotAccessibleException.newBuilder(
            id, extractFeatureId(path), extractFeaturePropertyPath(path))
        .build();
  }

  @Override
  public DittoRuntimeException getUnknownPathException(JsonPointer path) {
    return PathUnknownException.newBuilder(path).build();
  }
}
