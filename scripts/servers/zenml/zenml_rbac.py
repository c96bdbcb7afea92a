"""Permissions of a real ZenML server under test: admins may do everything; everybody else is refused what the policy
file lists as "<resource type>:<action>", such as {"deny": ["secret:read_secret_value"]}. The file is read at each call,
so that a test may rewrite it while the server runs."""

import json
import os

from zenml.zen_server.rbac.rbac_interface import RBACInterface


def _denied(user, resource, action):
    if user.is_admin:
        return False
    with open(os.environ["ZENML_TEST_RBAC_POLICY"]) as file:
        return f"{resource.type}:{action}" in json.load(file)["deny"]


class PolicyFile(RBACInterface):
    def check_permissions(self, user, resources, action):
        return {resource: not _denied(user, resource, action) for resource in resources}

    def list_allowed_resource_ids(self, user, resource, action):
        return not _denied(user, resource, action), []

    def update_resource_membership(self, sharing_user, resource, actions, user_id=None, team_id=None):
        pass

    def delete_resources(self, resources):
        pass
