using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Parsing;

namespace AutomationCrm.Bpmn.Tests.Checking;

public sealed class VocabularyTests
{
    /// <summary>Every element the BPMN 2.0 schema declares, globally or inside another one.</summary>
    private const string Schema = """
        activationCondition activity adHocSubProcess artifact assignment association auditing baseElement baseElementWithMixedContent boundaryEvent businessRuleTask
        callActivity callChoreography callConversation callableElement cancelEventDefinition catchEvent category categoryValue categoryValueRef childLaneSet choreography
        choreographyActivity choreographyRef choreographyTask collaboration compensateEventDefinition completionCondition complexBehaviorDefinition complexGateway condition
        conditionExpression conditionalEventDefinition conversation conversationAssociation conversationLink conversationNode correlationKey correlationProperty
        correlationPropertyBinding correlationPropertyRef correlationPropertyRetrievalExpression correlationSubscription dataAssociation dataInput dataInputAssociation
        dataInputRefs dataObject dataObjectReference dataOutput dataOutputAssociation dataOutputRefs dataPath dataState dataStore dataStoreReference definitions documentation
        endEvent endPoint endPointRef error errorEventDefinition errorRef escalation escalationEventDefinition event eventBasedGateway eventDefinition eventDefinitionRef
        exclusiveGateway expression extension extensionElements flowElement flowNode flowNodeRef formalExpression from gateway globalBusinessRuleTask globalChoreographyTask
        globalConversation globalManualTask globalScriptTask globalTask globalUserTask group humanPerformer implicitThrowEvent import inMessageRef incoming inclusiveGateway
        innerConversationNodeRef innerMessageFlowRef innerParticipantRef inputDataItem inputSet inputSetRefs interface interfaceRef intermediateCatchEvent
        intermediateThrowEvent ioBinding ioSpecification itemDefinition lane laneSet linkEventDefinition loopCardinality loopCharacteristics loopCondition loopDataInputRef
        loopDataOutputRef manualTask message messageEventDefinition messageFlow messageFlowAssociation messageFlowRef messagePath monitoring multiInstanceLoopCharacteristics
        operation operationRef optionalInputRefs optionalOutputRefs outMessageRef outerConversationNodeRef outerMessageFlowRef outerParticipantRef outgoing outputDataItem
        outputSet outputSetRefs parallelGateway participant participantAssociation participantMultiplicity participantRef partitionElement partnerEntity partnerRole performer
        potentialOwner process property receiveTask relationship rendering resource resourceAssignmentExpression resourceParameter resourceParameterBinding resourceRef
        resourceRole rootElement script scriptTask sendTask sequenceFlow serviceTask signal signalEventDefinition source sourceRef standardLoopCharacteristics startEvent
        subChoreography subConversation subProcess supportedInterfaceRef supports target targetRef task terminateEventDefinition text textAnnotation throwEvent timeCycle
        timeDate timeDuration timerEventDefinition to transaction transformation userTask whileExecutingInputRefs whileExecutingOutputRefs
        """;

    private static readonly string[] Names = Schema.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Every_element_of_the_schema_is_executed_or_descriptive_or_refused()
    {
        foreach (var name in Names)
        {
            var places = (Vocabulary.IsExecuted(name) ? 1 : 0) + (Vocabulary.IsDescriptive(name) ? 1 : 0) + (Vocabulary.Refusal(name) is null ? 0 : 1);
            Assert.True(places == 1, $"{name} is in {places} lists");
            Assert.True(Vocabulary.Names.Contains(name), $"{name} is in no list");
        }
    }

    [Fact]
    public void What_is_refused_is_refused_wherever_it_stands()
    {
        foreach (var name in Names.Where(n => Vocabulary.Refusal(n) is not null))
        {
            foreach (var xml in new[] { Process($"<task id='t'/><{name} id='bad'/>"), Process($"<task id='t'><{name} id='bad'/></task>"), Process("<task id='t'/>", $"<{name} id='bad'/>") })
            {
                var errors = Compile(xml).Errors.ToList();
                Assert.True(errors is [{ ElementId: "bad", Rule: "unknown-element", Text.Length: > 20 }], $"{name}: {string.Join("; ", errors)}");
            }
        }
    }

    [Fact]
    public void A_name_that_is_not_BPMN_is_refused_with_the_nearest_id() =>
        Assert.Equal("t", Assert.Single(Compile(Process("<task id='t'><invented/></task>")).Errors).ElementId);

    [Fact]
    public void What_stands_at_a_place_without_meaning_is_refused() =>
        Assert.Contains("no meaning", Assert.Single(Compile(Process("<task id='t'/><timeDate id='d'/>")).Errors).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("<transaction id='t' method='##Store'><task id='u'/></transaction>", "", "transaction")]
    [InlineData("<serviceTask id='t' operationRef='nowhere'/>", "", "unknown-reference")]
    [InlineData("<userTask id='t'><potentialOwner/></userTask>", "", "performer")]
    [InlineData("<task id='t'/>", "<extension definition='x' mustUnderstand='true'/>", "extension")]
    public void Attributes_that_would_change_the_run_are_refused(string body, string beside, string rule) =>
        Assert.Equal(rule, Assert.Single(Compile(Process(body, beside)).Errors).Rule);

    [Fact]
    public void A_data_store_is_a_variable_and_the_designer_is_told()
    {
        var result = Compile(Process("<task id='t'/><dataStoreReference id='r' dataStoreRef='s'/>", "<dataStore id='s' name='stock'/>"));
        Assert.NotNull(result.Model);
        Assert.Equal("data-store", Assert.Single(result.Problems).Rule);
    }

    [Fact]
    public void An_operation_gives_its_message_and_its_name()
    {
        const string beside = "<message id='m' name='order'/><interface id='i' name='shop'><operation id='o' name='buy'><inMessageRef>m</inMessageRef></operation></interface>";
        var model = Compile(Process("<serviceTask id='a' operationRef='o'/><sendTask id='b' operationRef='o'/><receiveTask id='c' operationRef='o'/>", beside)).Model!;
        Assert.Equal("buy", ((ServiceTask)model.Find("a")!).Operation);
        Assert.Equal("order", ((SendTask)model.Find("b")!).Message!.Name.Text);
        Assert.Equal("order", ((ReceiveTask)model.Find("c")!).Message!.Name.Text);
    }

    [Fact]
    public void Potential_owners_are_the_assignees_unless_an_assignment_says_so()
    {
        const string body = "<userTask id='a'><potentialOwner><resourceAssignmentExpression><formalExpression>boss</formalExpression></resourceAssignmentExpression></potentialOwner>"
            + "<humanPerformer><resourceRef>r</resourceRef></humanPerformer></userTask>";
        var model = Compile(Process(body, "<resource id='r' name='sales'/>")).Model!;
        Assert.Equal("boss, sales", model.Find("a")!.Extensions.Assignment!.Assignees);
    }

    [Fact]
    public void Data_associations_of_events_carry_values()
    {
        var model = Compile(Process("<dataObject id='d' name='order'/><intermediateThrowEvent id='e'><dataInput id='x' name='payload'/><dataInputAssociation><sourceRef>d</sourceRef>"
            + "<targetRef>x</targetRef></dataInputAssociation><messageEventDefinition/></intermediateThrowEvent>")).Model!;
        Assert.Equal("payload", Assert.Single(((EventNode)model.Find("e")!).Mappings).Target);
    }

    private static string Process(string body, string beside = "") =>
        $"<definitions xmlns='{BpmnNames.Model}'>{beside}<process id='P'>{body}</process></definitions>";

    private static CompileResult Compile(string xml) => ModelCompiler.Compile(BpmnFile.Read(xml), "P");
}
