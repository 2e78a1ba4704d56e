#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Keep it in git"
DOCUMENTATION = r"""
module: configuration
short_description: Plan and apply the configuration of a Unified Manager as one structure
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Takes what M(aiqum.unified_manager.configuration_info) exports, and creates and changes what differs.
  - Everything is planned first. If an entry cannot be planned, nothing is sent.
  - Kinds are changed in the order in which they depend on each other; an entry may refer to what another one creates.
    Within a kind, several changes are in flight at a time.
requirements:
  - Unified Manager 9.7 or newer, and 9.10 for alerts and alert_scripts
options:
  configuration:
    description:
      - The objects of each kind. A kind that is not named is left alone.
    type: dict
    required: true
    # Written by make generate, from the options of each module.
    suboptions:
      performance_service_levels:
        description:
        - What M(aiqum.unified_manager.performance_service_level) takes, for each object.
        type: list
        elements: dict
        suboptions:
          name:
            description:
            - As O(aiqum.unified_manager.performance_service_level#module:name).
            type: str
            required: true
          from_name:
            description:
            - As O(aiqum.unified_manager.performance_service_level#module:from_name).
            type: str
          description:
            description:
            - As O(aiqum.unified_manager.performance_service_level#module:description).
            type: str
          absolute_min_iops:
            description:
            - As O(aiqum.unified_manager.performance_service_level#module:absolute_min_iops).
            type: int
          expected_iops_per_tb:
            description:
            - As O(aiqum.unified_manager.performance_service_level#module:expected_iops_per_tb).
            type: int
          peak_iops_per_tb:
            description:
            - As O(aiqum.unified_manager.performance_service_level#module:peak_iops_per_tb).
            type: int
          peak_iops_allocation_policy:
            description:
            - As O(aiqum.unified_manager.performance_service_level#module:peak_iops_allocation_policy).
            type: str
            choices:
            - used_space
            - allocated_space
          latency_expected:
            description:
            - As O(aiqum.unified_manager.performance_service_level#module:latency_expected).
            type: float
          state:
            description:
            - As O(aiqum.unified_manager.performance_service_level#module:state).
            type: str
            choices:
            - present
            - absent
            default: present
      storage_efficiency_policies:
        description:
        - What M(aiqum.unified_manager.storage_efficiency_policy) takes, for each object.
        type: list
        elements: dict
        suboptions:
          name:
            description:
            - As O(aiqum.unified_manager.storage_efficiency_policy#module:name).
            type: str
            required: true
          from_name:
            description:
            - As O(aiqum.unified_manager.storage_efficiency_policy#module:from_name).
            type: str
          description:
            description:
            - As O(aiqum.unified_manager.storage_efficiency_policy#module:description).
            type: str
          compression:
            description:
            - As O(aiqum.unified_manager.storage_efficiency_policy#module:compression).
            type: str
            choices:
            - inline
            - background
            - none
          deduplication:
            description:
            - As O(aiqum.unified_manager.storage_efficiency_policy#module:deduplication).
            type: str
            choices:
            - inline
            - background
            - none
          space_thin_provisioned:
            description:
            - As O(aiqum.unified_manager.storage_efficiency_policy#module:space_thin_provisioned).
            type: bool
          state:
            description:
            - As O(aiqum.unified_manager.storage_efficiency_policy#module:state).
            type: str
            choices:
            - present
            - absent
            default: present
      users:
        description:
        - What M(aiqum.unified_manager.user) takes, for each object.
        type: list
        elements: dict
        suboptions:
          name:
            description:
            - As O(aiqum.unified_manager.user#module:name).
            type: str
            required: true
          authentication_type:
            description:
            - As O(aiqum.unified_manager.user#module:authentication_type).
            type: str
            choices:
            - local_user
            - ldap_user
            - ldap_group
            - maintenance_user
            - database_user
          role:
            description:
            - As O(aiqum.unified_manager.user#module:role).
            type: str
            choices:
            - operator
            - storage_administrator
            - administrator
            - report_schema
            - integration_schema
          email:
            description:
            - As O(aiqum.unified_manager.user#module:email).
            type: str
          user_password:
            description:
            - As O(aiqum.unified_manager.user#module:user_password).
            type: str
          update_password:
            description:
            - As O(aiqum.unified_manager.user#module:update_password).
            type: str
            choices:
            - always
            - on_create
            default: always
          group:
            description:
            - As O(aiqum.unified_manager.user#module:group).
            type: bool
          locked:
            description:
            - As O(aiqum.unified_manager.user#module:locked).
            type: bool
          state:
            description:
            - As O(aiqum.unified_manager.user#module:state).
            type: str
            choices:
            - present
            - absent
            default: present
      alert_scripts:
        description:
        - What M(aiqum.unified_manager.alert_script) takes, for each object.
        type: list
        elements: dict
        suboptions:
          name:
            description:
            - As O(aiqum.unified_manager.alert_script#module:name).
            type: str
          src:
            description:
            - As O(aiqum.unified_manager.alert_script#module:src).
            type: path
          content:
            description:
            - As O(aiqum.unified_manager.alert_script#module:content).
            type: str
          description:
            description:
            - As O(aiqum.unified_manager.alert_script#module:description).
            type: str
          state:
            description:
            - As O(aiqum.unified_manager.alert_script#module:state).
            type: str
            choices:
            - present
            default: present
      backup_settings:
        description:
        - What M(aiqum.unified_manager.backup_settings) takes, for each object.
        type: list
        elements: dict
        suboptions:
          frequency:
            description:
            - As O(aiqum.unified_manager.backup_settings#module:frequency).
            type: str
            choices:
            - daily
            - weekly
            - none
          day_of_week:
            description:
            - As O(aiqum.unified_manager.backup_settings#module:day_of_week).
            type: str
            choices:
            - sunday
            - monday
            - tuesday
            - wednesday
            - thursday
            - friday
            - saturday
          hour:
            description:
            - As O(aiqum.unified_manager.backup_settings#module:hour).
            type: int
          minute:
            description:
            - As O(aiqum.unified_manager.backup_settings#module:minute).
            type: int
          path:
            description:
            - As O(aiqum.unified_manager.backup_settings#module:path).
            type: str
          retention_count:
            description:
            - As O(aiqum.unified_manager.backup_settings#module:retention_count).
            type: int
      datasources:
        description:
        - What M(aiqum.unified_manager.datasource) takes, for each object.
        type: list
        elements: dict
        suboptions:
          address:
            description:
            - As O(aiqum.unified_manager.datasource#module:address).
            type: str
            required: true
          cluster_port:
            description:
            - As O(aiqum.unified_manager.datasource#module:cluster_port).
            type: int
          cluster_username:
            description:
            - As O(aiqum.unified_manager.datasource#module:cluster_username).
            type: str
          cluster_password:
            description:
            - As O(aiqum.unified_manager.datasource#module:cluster_password).
            type: str
          update_password:
            description:
            - As O(aiqum.unified_manager.datasource#module:update_password).
            type: str
            choices:
            - always
            - on_create
            default: always
          accept_certificate:
            description:
            - As O(aiqum.unified_manager.datasource#module:accept_certificate).
            type: bool
            default: false
          certificate_fingerprint:
            description:
            - As O(aiqum.unified_manager.datasource#module:certificate_fingerprint).
            type: str
          state:
            description:
            - As O(aiqum.unified_manager.datasource#module:state).
            type: str
            choices:
            - present
            - absent
            default: present
      svms:
        description:
        - What M(aiqum.unified_manager.svm) takes, for each object.
        type: list
        elements: dict
        suboptions:
          name:
            description:
            - As O(aiqum.unified_manager.svm#module:name).
            type: str
            required: true
          from_name:
            description:
            - As O(aiqum.unified_manager.svm#module:from_name).
            type: str
          cluster:
            description:
            - As O(aiqum.unified_manager.svm#module:cluster).
            type: str
          aggregates:
            description:
            - As O(aiqum.unified_manager.svm#module:aggregates).
            type: list
            elements: str
          admin_state:
            description:
            - As O(aiqum.unified_manager.svm#module:admin_state).
            type: str
            choices:
            - running
            - stopped
          language:
            description:
            - As O(aiqum.unified_manager.svm#module:language).
            type: str
          snapshot_policy:
            description:
            - As O(aiqum.unified_manager.svm#module:snapshot_policy).
            type: str
          subtype:
            description:
            - As O(aiqum.unified_manager.svm#module:subtype).
            type: str
            choices:
            - default
            - dp_destination
            - sync_source
          ipspace:
            description:
            - As O(aiqum.unified_manager.svm#module:ipspace).
            type: str
          nfs:
            description:
            - As O(aiqum.unified_manager.svm#module:nfs).
            type: bool
          iscsi:
            description:
            - As O(aiqum.unified_manager.svm#module:iscsi).
            type: bool
          fcp:
            description:
            - As O(aiqum.unified_manager.svm#module:fcp).
            type: bool
          nvme:
            description:
            - As O(aiqum.unified_manager.svm#module:nvme).
            type: bool
          cifs:
            description:
            - As O(aiqum.unified_manager.svm#module:cifs).
            type: dict
            suboptions:
              name:
                description:
                - As O(aiqum.unified_manager.svm#module:cifs.name).
                type: str
                required: true
              domain:
                description:
                - As O(aiqum.unified_manager.svm#module:cifs.domain).
                type: str
                required: true
              username:
                description:
                - As O(aiqum.unified_manager.svm#module:cifs.username).
                type: str
              password:
                description:
                - As O(aiqum.unified_manager.svm#module:cifs.password).
                type: str
          dns:
            description:
            - As O(aiqum.unified_manager.svm#module:dns).
            type: dict
            suboptions:
              domains:
                description:
                - As O(aiqum.unified_manager.svm#module:dns.domains).
                type: list
                elements: str
                required: true
              servers:
                description:
                - As O(aiqum.unified_manager.svm#module:dns.servers).
                type: list
                elements: str
                required: true
          nis:
            description:
            - As O(aiqum.unified_manager.svm#module:nis).
            type: dict
            suboptions:
              domain:
                description:
                - As O(aiqum.unified_manager.svm#module:nis.domain).
                type: str
                required: true
              servers:
                description:
                - As O(aiqum.unified_manager.svm#module:nis.servers).
                type: list
                elements: str
                required: true
          ldap:
            description:
            - As O(aiqum.unified_manager.svm#module:ldap).
            type: dict
            suboptions:
              servers:
                description:
                - As O(aiqum.unified_manager.svm#module:ldap.servers).
                type: list
                elements: str
              ad_domain:
                description:
                - As O(aiqum.unified_manager.svm#module:ldap.ad_domain).
                type: str
              base_dn:
                description:
                - As O(aiqum.unified_manager.svm#module:ldap.base_dn).
                type: str
                required: true
              bind_dn:
                description:
                - As O(aiqum.unified_manager.svm#module:ldap.bind_dn).
                type: str
                required: true
              name:
                description:
                - As O(aiqum.unified_manager.svm#module:ldap.name).
                type: str
          ip_interfaces:
            description:
            - As O(aiqum.unified_manager.svm#module:ip_interfaces).
            type: list
            elements: dict
            suboptions:
              name:
                description:
                - As O(aiqum.unified_manager.svm#module:ip_interfaces[].name).
                type: str
                required: true
              address:
                description:
                - As O(aiqum.unified_manager.svm#module:ip_interfaces[].address).
                type: str
                required: true
              netmask:
                description:
                - As O(aiqum.unified_manager.svm#module:ip_interfaces[].netmask).
                type: str
                required: true
              home_node:
                description:
                - As O(aiqum.unified_manager.svm#module:ip_interfaces[].home_node).
                type: str
                required: true
              enabled:
                description:
                - As O(aiqum.unified_manager.svm#module:ip_interfaces[].enabled).
                type: bool
                default: true
          routes:
            description:
            - As O(aiqum.unified_manager.svm#module:routes).
            type: list
            elements: dict
            suboptions:
              gateway:
                description:
                - As O(aiqum.unified_manager.svm#module:routes[].gateway).
                type: str
                required: true
              destination:
                description:
                - As O(aiqum.unified_manager.svm#module:routes[].destination).
                type: str
          force:
            description:
            - As O(aiqum.unified_manager.svm#module:force).
            type: bool
            default: false
          state:
            description:
            - As O(aiqum.unified_manager.svm#module:state).
            type: str
            choices:
            - present
            - absent
            default: present
      access_endpoints:
        description:
        - What M(aiqum.unified_manager.access_endpoint) takes, for each object.
        type: list
        elements: dict
        suboptions:
          name:
            description:
            - As O(aiqum.unified_manager.access_endpoint#module:name).
            type: str
          svm:
            description:
            - As O(aiqum.unified_manager.access_endpoint#module:svm).
            type: str
          lun:
            description:
            - As O(aiqum.unified_manager.access_endpoint#module:lun).
            type: str
          file_share:
            description:
            - As O(aiqum.unified_manager.access_endpoint#module:file_share).
            type: str
          cluster:
            description:
            - As O(aiqum.unified_manager.access_endpoint#module:cluster).
            type: str
          data_protocols:
            description:
            - As O(aiqum.unified_manager.access_endpoint#module:data_protocols).
            type: list
            elements: str
            choices:
            - nfs
            - cifs
            - iscsi
            - fcp
          address:
            description:
            - As O(aiqum.unified_manager.access_endpoint#module:address).
            type: str
          ha_address:
            description:
            - As O(aiqum.unified_manager.access_endpoint#module:ha_address).
            type: str
          netmask:
            description:
            - As O(aiqum.unified_manager.access_endpoint#module:netmask).
            type: str
          gateway:
            description:
            - As O(aiqum.unified_manager.access_endpoint#module:gateway).
            type: str
          vlan:
            description:
            - As O(aiqum.unified_manager.access_endpoint#module:vlan).
            type: int
          mtu:
            description:
            - As O(aiqum.unified_manager.access_endpoint#module:mtu).
            type: int
          state:
            description:
            - As O(aiqum.unified_manager.access_endpoint#module:state).
            type: str
            choices:
            - present
            - absent
            default: present
      active_directory_mappings:
        description:
        - What M(aiqum.unified_manager.active_directory_mapping) takes, for each object.
        type: list
        elements: dict
        suboptions:
          svm:
            description:
            - As O(aiqum.unified_manager.active_directory_mapping#module:svm).
            type: str
            required: true
          cluster:
            description:
            - As O(aiqum.unified_manager.active_directory_mapping#module:cluster).
            type: str
          domain:
            description:
            - As O(aiqum.unified_manager.active_directory_mapping#module:domain).
            type: str
          dns:
            description:
            - As O(aiqum.unified_manager.active_directory_mapping#module:dns).
            type: str
          domain_username:
            description:
            - As O(aiqum.unified_manager.active_directory_mapping#module:domain_username).
            type: str
          domain_password:
            description:
            - As O(aiqum.unified_manager.active_directory_mapping#module:domain_password).
            type: str
          state:
            description:
            - As O(aiqum.unified_manager.active_directory_mapping#module:state).
            type: str
            choices:
            - present
            - absent
            default: present
      igroups:
        description:
        - What M(aiqum.unified_manager.igroup) takes, for each object.
        type: list
        elements: dict
        suboptions:
          name:
            description:
            - As O(aiqum.unified_manager.igroup#module:name).
            type: str
            required: true
          from_name:
            description:
            - As O(aiqum.unified_manager.igroup#module:from_name).
            type: str
          svm:
            description:
            - As O(aiqum.unified_manager.igroup#module:svm).
            type: str
          cluster:
            description:
            - As O(aiqum.unified_manager.igroup#module:cluster).
            type: str
          os_type:
            description:
            - As O(aiqum.unified_manager.igroup#module:os_type).
            type: str
            choices:
            - aix
            - hpux
            - hyper_v
            - linux
            - netware
            - openvms
            - solaris
            - vmware
            - windows
            - xen
          protocol:
            description:
            - As O(aiqum.unified_manager.igroup#module:protocol).
            type: str
            choices:
            - mixed
            - fcp
            - iscsi
          initiators:
            description:
            - As O(aiqum.unified_manager.igroup#module:initiators).
            type: list
            elements: str
          initiators_mode:
            description:
            - As O(aiqum.unified_manager.igroup#module:initiators_mode).
            type: str
            choices:
            - exact
            - add
            - remove
            default: exact
          state:
            description:
            - As O(aiqum.unified_manager.igroup#module:state).
            type: str
            choices:
            - present
            - absent
            default: present
      luns:
        description:
        - What M(aiqum.unified_manager.lun) takes, for each object.
        type: list
        elements: dict
        suboptions:
          name:
            description:
            - As O(aiqum.unified_manager.lun#module:name).
            type: str
            required: true
          svm:
            description:
            - As O(aiqum.unified_manager.lun#module:svm).
            type: str
          cluster:
            description:
            - As O(aiqum.unified_manager.lun#module:cluster).
            type: str
          volume:
            description:
            - As O(aiqum.unified_manager.lun#module:volume).
            type: str
          volume_name_tag:
            description:
            - As O(aiqum.unified_manager.lun#module:volume_name_tag).
            type: str
          aggregate:
            description:
            - As O(aiqum.unified_manager.lun#module:aggregate).
            type: str
          size:
            description:
            - As O(aiqum.unified_manager.lun#module:size).
            type: str
          os_type:
            description:
            - As O(aiqum.unified_manager.lun#module:os_type).
            type: str
            choices:
            - aix
            - hpux
            - hyper_v
            - linux
            - netware
            - openvms
            - solaris
            - solaris_efi
            - vmware
            - windows
            - windows_2008
            - windows_gpt
            - xen
          performance_service_level:
            description:
            - As O(aiqum.unified_manager.lun#module:performance_service_level).
            type: str
          storage_efficiency_policy:
            description:
            - As O(aiqum.unified_manager.lun#module:storage_efficiency_policy).
            type: str
          lun_maps:
            description:
            - As O(aiqum.unified_manager.lun#module:lun_maps).
            type: list
            elements: raw
          operational_state:
            description:
            - As O(aiqum.unified_manager.lun#module:operational_state).
            type: str
            choices:
            - online
            - offline
          state:
            description:
            - As O(aiqum.unified_manager.lun#module:state).
            type: str
            choices:
            - present
            - absent
            default: present
      file_shares:
        description:
        - What M(aiqum.unified_manager.file_share) takes, for each object.
        type: list
        elements: dict
        suboptions:
          name:
            description:
            - As O(aiqum.unified_manager.file_share#module:name).
            type: str
            required: true
          svm:
            description:
            - As O(aiqum.unified_manager.file_share#module:svm).
            type: str
          cluster:
            description:
            - As O(aiqum.unified_manager.file_share#module:cluster).
            type: str
          aggregate:
            description:
            - As O(aiqum.unified_manager.file_share#module:aggregate).
            type: str
          size:
            description:
            - As O(aiqum.unified_manager.file_share#module:size).
            type: str
          type:
            description:
            - As O(aiqum.unified_manager.file_share#module:type).
            type: str
            choices:
            - rw
            - dp
          mountpoint:
            description:
            - As O(aiqum.unified_manager.file_share#module:mountpoint).
            type: str
          performance_service_level:
            description:
            - As O(aiqum.unified_manager.file_share#module:performance_service_level).
            type: str
          storage_efficiency_policy:
            description:
            - As O(aiqum.unified_manager.file_share#module:storage_efficiency_policy).
            type: str
          acl:
            description:
            - As O(aiqum.unified_manager.file_share#module:acl).
            type: list
            elements: dict
            suboptions:
              user_or_group:
                description:
                - As O(aiqum.unified_manager.file_share#module:acl[].user_or_group).
                type: str
                required: true
              permission:
                description:
                - As O(aiqum.unified_manager.file_share#module:acl[].permission).
                type: str
                required: true
                choices:
                - no_access
                - read
                - change
                - full_control
          active_directory_mapping:
            description:
            - As O(aiqum.unified_manager.file_share#module:active_directory_mapping).
            type: str
          export_policy:
            description:
            - As O(aiqum.unified_manager.file_share#module:export_policy).
            type: dict
            suboptions:
              name:
                description:
                - As O(aiqum.unified_manager.file_share#module:export_policy.name).
                type: str
              name_tag:
                description:
                - As O(aiqum.unified_manager.file_share#module:export_policy.name_tag).
                type: str
              rules:
                description:
                - As O(aiqum.unified_manager.file_share#module:export_policy.rules).
                type: list
                elements: dict
                suboptions:
                  clients:
                    description:
                    - As O(aiqum.unified_manager.file_share#module:export_policy.rules[].clients).
                    type: list
                    elements: str
                    required: true
                  protocols:
                    description:
                    - As O(aiqum.unified_manager.file_share#module:export_policy.rules[].protocols).
                    type: list
                    elements: str
                    choices:
                    - nfs3
                    - nfs4
                    - cifs
                  ro_rule:
                    description:
                    - As O(aiqum.unified_manager.file_share#module:export_policy.rules[].ro_rule).
                    type: list
                    elements: str
                    choices:
                    - any
                    - none
                    - never
                    - kerberos5
                    - kerberos5i
                    - kerberos5p
                    - ntlm
                    - sys
                    default:
                    - any
                  rw_rule:
                    description:
                    - As O(aiqum.unified_manager.file_share#module:export_policy.rules[].rw_rule).
                    type: list
                    elements: str
                    choices:
                    - any
                    - none
                    - never
                    - kerberos5
                    - kerberos5i
                    - kerberos5p
                    - ntlm
                    - sys
                    default:
                    - any
                  index:
                    description:
                    - As O(aiqum.unified_manager.file_share#module:export_policy.rules[].index).
                    type: int
          operational_state:
            description:
            - As O(aiqum.unified_manager.file_share#module:operational_state).
            type: str
            choices:
            - online
            - offline
          state:
            description:
            - As O(aiqum.unified_manager.file_share#module:state).
            type: str
            choices:
            - present
            - absent
            default: present
      alerts:
        description:
        - What M(aiqum.unified_manager.alert) takes, for each object.
        type: list
        elements: dict
        suboptions:
          name:
            description:
            - As O(aiqum.unified_manager.alert#module:name).
            type: str
            required: true
          from_name:
            description:
            - As O(aiqum.unified_manager.alert#module:from_name).
            type: str
          description:
            description:
            - As O(aiqum.unified_manager.alert#module:description).
            type: str
          enabled:
            description:
            - As O(aiqum.unified_manager.alert#module:enabled).
            type: bool
          event_severities:
            description:
            - As O(aiqum.unified_manager.alert#module:event_severities).
            type: list
            elements: str
            choices:
            - warning
            - error
            - critical
          event_types:
            description:
            - As O(aiqum.unified_manager.alert#module:event_types).
            type: list
            elements: str
          resources:
            description:
            - As O(aiqum.unified_manager.alert#module:resources).
            type: list
            elements: dict
            suboptions:
              type:
                description:
                - As O(aiqum.unified_manager.alert#module:resources[].type).
                type: str
                required: true
                choices:
                - cluster
                - cluster_node
                - vserver
                - aggregate
                - volume
                - network_lif
                - qtree
                - lun
                - namespace
                - bridge
                - bridge_stack_connection
                - fcp_lif
                - inter_node_connection
                - inter_switch_connection
                - network_port
                - metro_cluster_relationship
                - nvmf_fc_lif
                - node_bridge_connection
                - node_stack_connection
                - node_switch_connection
                - storage_shelf
                - switch
                - switch_bridge_connection
                - snap_mirror
                - fcp_port
                - objectstore_config
                - disk
                - infinitevol_storage_service
                - user_quota
                - management_station
                - storage_service
              include_all:
                description:
                - As O(aiqum.unified_manager.alert#module:resources[].include_all).
                type: bool
                default: false
              include:
                description:
                - As O(aiqum.unified_manager.alert#module:resources[].include).
                type: list
                elements: str
              exclude:
                description:
                - As O(aiqum.unified_manager.alert#module:resources[].exclude).
                type: list
                elements: str
              keys:
                description:
                - As O(aiqum.unified_manager.alert#module:resources[].keys).
                type: list
                elements: str
          emails:
            description:
            - As O(aiqum.unified_manager.alert#module:emails).
            type: list
            elements: str
          send_snmp_trap:
            description:
            - As O(aiqum.unified_manager.alert#module:send_snmp_trap).
            type: bool
          duration:
            description:
            - As O(aiqum.unified_manager.alert#module:duration).
            type: str
          from:
            description:
            - As O(aiqum.unified_manager.alert#module:from).
            type: str
          to:
            description:
            - As O(aiqum.unified_manager.alert#module:to).
            type: str
          script:
            description:
            - As O(aiqum.unified_manager.alert#module:script).
            type: str
          state:
            description:
            - As O(aiqum.unified_manager.alert#module:state).
            type: str
            choices:
            - present
            - absent
            default: present
    # End of what make generate writes.
  prune:
    description:
      - The kinds of which everything is deleted that O(configuration) does not name. Each must be in O(configuration),
        if only as an empty list.
      - What Unified Manager defines by itself is never deleted. Deletions come last, in reverse order of the kinds.
    type: list
    elements: str
    default: []
    # Written by make generate, from the kinds of a configuration: choices of prune
    choices:
      - performance_service_levels
      - storage_efficiency_policies
      - users
      - datasources
      - svms
      - access_endpoints
      - igroups
      - luns
      - file_shares
      - alerts
    # End of what make generate writes.
  cluster:
    description:
      - O(prune) deletes only what lies on this cluster, given by name or key.
    type: str
  svm:
    description:
      - O(prune) deletes only what belongs to this SVM, given by name or key.
    type: str
  max_deletions:
    description:
      - If O(prune) would delete more objects than that, nothing is done.
    type: int
    default: 10
  max_in_flight:
    description:
      - How many objects are changed at a time.
    type: int
    default: 8
  stop_on_failure:
    description:
      - Begin nothing more after an object failed.
    type: bool
    default: false
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.wait
  - aiqum.unified_manager.wait.polling
  - aiqum.unified_manager.attributes
  - aiqum.unified_manager.attributes.action_group
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
seealso:
  - module: aiqum.unified_manager.configuration_info
  - module: aiqum.unified_manager.workloads
"""

EXAMPLES = r"""
- name: Bring the policies, igroups and LUNs to what is written here
  aiqum.unified_manager.configuration:
    configuration:
      performance_service_levels:
        - name: Databases
          absolute_min_iops: 500
          expected_iops_per_tb: 2000
          peak_iops_per_tb: 4000
          peak_iops_allocation_policy: used_space
          latency_expected: 2
      igroups:
        - name: ig_db01
          svm: svm1
          os_type: linux
          protocol: iscsi
          initiators: [iqn.1994-05.com.redhat:db01]
      luns:
        - name: db01
          svm: svm1
          size: 10GiB
          os_type: linux
          performance_service_level: Databases
          lun_maps:
            - igroup: ig_db01

- name: Keep this alert, and delete all others, five at most
  aiqum.unified_manager.configuration:
    configuration:
      alerts:
        - name: Everything critical
          emails: [storage@example.com]
          event_severities: [critical]
    prune: [alerts]
    max_deletions: 5
"""

RETURN = r"""
configuration:
  description:
    - What became of each object, by its kind, in the order given; deleted objects come last.
  returned: always
  type: dict
  contains:
    luns:
      description: What became of each LUN; the other kinds likewise.
      returned: when the configuration has some
      type: list
      elements: dict
      contains:
        name:
          description: How it is called.
          returned: always
          type: str
        lun:
          description:
            - The object under the noun of its module; here the fields of RV(aiqum.unified_manager.lun#module:lun).
          returned: always
          type: dict
        changed:
          description: Whether it was changed, or in check mode would be.
          returned: always
          type: bool
        outcome:
          description:
            - How it ended, in the words of RV(outcome).
            - V(skipped) when it was not begun.
          returned: always
          type: str
        jobs:
          description: Its Jobs, in the order submitted; see RV(aiqum.unified_manager.lun#module:jobs).
          returned: always
          type: list
          elements: dict
        diff:
          description: What was changed, or in check mode would be, with C(before) and C(after).
          returned: always
          type: dict
        planned:
          description: What would be done, in order.
          returned: in check mode
          type: list
          elements: str
        applied:
          description: The changes that were made, when not all were.
          returned: when some changes were begun and not all are made
          type: list
          elements: str
        not_applied:
          description:
            - The changes that were not made. One made in part, or with an unknown outcome, is in neither list.
          returned: when some changes were begun and not all are made
          type: list
          elements: str
        msg:
          description: Why it failed, or was not begun.
          returned: when it failed or was not begun
          type: str
        error:
          description: The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
          returned: when a request was refused
          type: dict
  sample:
    luns:
      - name: db01
        changed: false
        outcome: unchanged
outcome:
  description:
    - How the run ended - unchanged, changed, partial, failed, submitted, timeout, interrupted or unknown.
    - V(partial) when some objects are as desired and others are not.
  returned: always
  type: str
  sample: changed
diff:
  description:
    - What was changed, or in check mode would be, with C(before) and C(after).
    - Each has the changed objects under their place in the options and their name, such as C(luns[0] db01).
  returned: always
  type: dict
  sample:
    before:
      luns[0] db01:
        state: absent
    after:
      luns[0] db01:
        state: present
# Written by make generate: jobs, error
jobs:
  description: The Jobs of the run, in the order submitted; see RV(aiqum.unified_manager.lun#module:jobs).
  returned: always
  type: list
  elements: dict
error:
  description: The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
  returned: when a request was refused
  type: dict
# End of what make generate writes.
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.configuration import run_configuration


def main() -> None:
    run_configuration()


if __name__ == "__main__":
    main()
